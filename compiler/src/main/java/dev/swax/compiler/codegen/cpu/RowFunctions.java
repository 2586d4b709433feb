package dev.swax.compiler.codegen.cpu;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.swax.compiler.codegen.JavaNames;
import dev.swax.compiler.codegen.MemberNames;
import dev.swax.compiler.ir.UnaryFunction;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;

/**
 * Methods that take a transcendental function of a whole row, one for each function that a class
 * uses. They are methods of their own because a compiler that inlines two such polynomials into one
 * loop runs out of its budget and allocates the vectors that it did not inline.
 *
 * <pre>{@code
 * private static void sigmoidRow(MemorySegment in, long from, MemorySegment out, long to, int columns)
 * }</pre>
 */
final class RowFunctions {
  private final MemberNames members;
  private final Set<UnaryFunction> used = new TreeSet<>();

  RowFunctions(MemberNames members) {
    this.members = members;
  }

  /** The name of the method for a function. */
  String method(UnaryFunction function) {
    used.add(function);
    return members.method(JavaNames.camel(function.text()), "row");
  }

  /** Adds the methods that were asked for. */
  void emit(TypeSpec.Builder type) {
    for (UnaryFunction function : used) {
      type.addMethod(emit(function));
    }
  }

  private MethodSpec emit(UnaryFunction function) {
    String name = function.text().replace('_', ' ');
    return MethodSpec.methodBuilder(method(function))
        .addJavadoc("The $L of a row of floats; positions are in bytes.", name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(Types.SEGMENT, "in")
        .addParameter(long.class, "from")
        .addParameter(Types.SEGMENT, "out")
        .addParameter(long.class, "to")
        .addParameter(int.class, "columns")
        .addStatement("int c = 0")
        .beginControlFlow("for (; c < SPECIES.loopBound(columns); c += LANES)")
        .addStatement(
            "$T x = $T.fromMemorySegment(SPECIES, in, from + (long) c * Float.BYTES, ORDER)",
            Types.VECTOR,
            Types.VECTOR)
        .addStatement(
            "$L.intoMemorySegment(out, to + (long) c * Float.BYTES, ORDER)",
            function.spelling().vector("x"))
        .endControlFlow()
        .beginControlFlow("for (; c < columns; c++)")
        .addStatement("float x = in.get(FLOAT, from + (long) c * Float.BYTES)")
        .addStatement(
            "out.set(FLOAT, to + (long) c * Float.BYTES, $L)", function.spelling().scalar("x"))
        .endControlFlow()
        .build();
  }
}
