package dev.swax.compiler.codegen;

import com.palantir.javapoet.NameAllocator;

/** Names from a `.swax` file in Java case, made unique. */
public final class JavaNames {
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

  /** {@code memory.q_rotated} becomes {@code memoryQRotated}. */
  public static String camel(String name) {
    var out = new StringBuilder();
    boolean upper = false;
    for (char c : name.toCharArray()) {
      if (!Character.isJavaIdentifierPart(c) || c == '_') {
        upper = !out.isEmpty();
      } else {
        out.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return out.toString();
  }

  /** {@code memory} and {@code q} become {@code memoryQ}. */
  public static String join(String first, String second) {
    String tail = camel(second);
    return camel(first) + Character.toUpperCase(tail.charAt(0)) + tail.substring(1);
  }

  /** {@code swax_gdn} becomes {@code SwaxGdn}. */
  public static String type(String name) {
    String camel = camel(name);
    return Character.toUpperCase(camel.charAt(0)) + camel.substring(1);
  }
}
