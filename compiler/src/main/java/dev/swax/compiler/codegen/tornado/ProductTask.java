package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import javax.lang.model.element.Modifier;

/**
 * A product of matrices by a library: the method says on the host where they lie.
 *
 * @param comment what it computes, and from which lines
 * @param precision a constant of the library's precisions
 * @param a name of the array that a is part of
 */
record ProductTask(
    String name, String comment, CodeBlock body, String precision, String a, String b, String c)
    implements DeviceTask {

  @Override
  public MethodSpec method() {
    return MethodSpec.methodBuilder(name)
        .addJavadoc("$L", comment)
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addParameter(DeviceNames.INT_ARRAY, DeviceArray.CONTROL.javaName())
        .returns(DeviceNames.PRODUCT)
        .addCode(body)
        .build();
  }

  @Override
  public CodeBlock add(String type) {
    return CodeBlock.builder()
        .addStatement(
            "product(graph, $S, $T.$L, $L::$L, $L, $L, $L)",
            name,
            DeviceNames.PRECISION,
            precision,
            type,
            name,
            a,
            b,
            c)
        .build();
  }
}
