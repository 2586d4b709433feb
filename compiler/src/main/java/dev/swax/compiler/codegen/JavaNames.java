package dev.swax.compiler.codegen;

import com.palantir.javapoet.NameAllocator;
import java.util.List;
import java.util.Locale;

/** Names from a `.swax` file in Java case, made unique. */
public final class JavaNames {
  /** What expressions of generated code write without a package. */
  private static final List<String> TAKEN =
      List.of(
          "Double",
          "Float",
          "FloatVector",
          "Integer",
          "List",
          "Long",
          "Math",
          "Object",
          "Override",
          "RowMath",
          "String",
          "System",
          "VectorMask",
          "VectorMath",
          "VectorSpecies");

  private final NameAllocator allocator;

  public JavaNames() {
    this(new NameAllocator());
  }

  private JavaNames(NameAllocator allocator) {
    this.allocator = allocator;
  }

  /** Names of an inner scope: what is taken here stays taken there, not the other way round. */
  public JavaNames scope() {
    return new JavaNames(allocator.clone());
  }

  /** Keeps a name out of use. */
  public JavaNames reserve(String... names) {
    for (String name : names) {
      allocator.newName(name);
    }
    return this;
  }

  /** A fresh name close to {@code suggestion}. */
  public String fresh(String suggestion) {
    return allocator.newName(camel(suggestion));
  }

  /** As {@link #fresh}, with its underscores. */
  public String freshConstant(String suggestion) {
    return allocator.newName(constant(suggestion));
  }

  /** {@code memory.q_rotated} becomes {@code memoryQRotated}, {@code v1_2} stays as it is. */
  public static String camel(String name) {
    var out = new StringBuilder();
    boolean gap = false;
    for (char c : name.toCharArray()) {
      if (!Character.isJavaIdentifierPart(c) || c == '_') {
        gap = !out.isEmpty();
      } else {
        if (gap && Character.isDigit(c) && Character.isDigit(out.charAt(out.length() - 1))) {
          out.append('_');
        }
        out.append(gap ? Character.toUpperCase(c) : c);
        gap = false;
      }
    }
    return out.isEmpty() ? "value" : out.toString();
  }

  /** {@code local_2.q} becomes {@code LOCAL_2_Q}. */
  private static String constant(String name) {
    return name.replaceAll("[^A-Za-z0-9]+", "_").toUpperCase(Locale.ROOT);
  }

  /** {@code memory} and {@code q} become {@code memoryQ}. */
  public static String join(String first, String second) {
    String tail = camel(second);
    return camel(first) + Character.toUpperCase(tail.charAt(0)) + tail.substring(1);
  }

  /** {@code swax_gdn} becomes {@code SwaxGdn}, and {@code math} {@code MathModel}. */
  public static String type(String name) {
    String camel = camel(name);
    String type = Character.toUpperCase(camel.charAt(0)) + camel.substring(1);
    return TAKEN.contains(type) ? type + "Model" : type;
  }
}
