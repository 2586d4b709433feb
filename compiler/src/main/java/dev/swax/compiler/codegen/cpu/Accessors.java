package dev.swax.compiler.codegen.cpu;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import dev.swax.compiler.model.Architecture;
import dev.swax.runtime.kernel.optimizer.AdamWStep;
import dev.swax.runtime.program.Parameter;
import java.util.List;
import javax.lang.model.element.Modifier;

/** The small methods of a generated class. */
final class Accessors {
  private Accessors() {}

  static MethodSpec windowNames(Architecture architecture) {
    CodeBlock names =
        architecture.windows().stream()
            .map(w -> CodeBlock.of("$S", w.name()))
            .collect(CodeBlock.joining(", "));
    return MethodSpec.methodBuilder("windowNames")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(ParameterizedTypeName.get(List.class, String.class))
        .addStatement("return $T.of($L)", List.class, names)
        .build();
  }

  static MethodSpec update() {
    return MethodSpec.methodBuilder("update")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .addParameter(double.class, "rate")
        .addParameter(double.class, "gradientScale")
        .addParameter(long.class, "step")
        .addStatement("$T matrices = $L", AdamWStep.class, step("DECAY"))
        .addStatement("$T vectors = $L", AdamWStep.class, step("0"))
        .beginControlFlow("for ($T parameter : parameters.all())", Parameter.class)
        .addStatement(
            "kernels.adamw(parameter.value(), parameter.gradient(), parameter.first(), "
                + "parameter.second(), parameter.spec().decayed() ? matrices : vectors)")
        .endControlFlow()
        .build();
  }

  private static CodeBlock step(String decay) {
    return CodeBlock.of(
        "new $T(rate, BETA_1, BETA_2, EPSILON, $L, gradientScale, step)", AdamWStep.class, decay);
  }
}
