package dev.swax.compiler.codegen;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.swax.compiler.lower.Block.BlockParameter;
import dev.swax.compiler.lower.HiddenMatrices;
import dev.swax.compiler.lower.ParameterSpecs;
import dev.swax.compiler.plan.BlockPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.program.Initializer;
import dev.swax.runtime.program.ParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Prints the list of the model's parameters, in the order of its layers. */
public final class ParameterEmitter {
  private static final ParameterizedTypeName SPECS =
      ParameterizedTypeName.get(List.class, ParameterSpec.class);

  private ParameterEmitter() {}

  public static void emit(TypeSpec.Builder type, ModelPlan plan, MemberNames members) {
    var all = CodeBlock.builder();
    all.addStatement("$T specs = new $T<>()", SPECS, ArrayList.class);
    for (BlockParameter parameter : plan.embed().block().parameters()) {
      all.addStatement("specs.add($L)", spec("", parameter, 0));
    }
    for (BlockParameter parameter : plan.model().sharedParameters()) {
      int matrices = ParameterSpecs.sharedMatrices(plan.model(), parameter);
      all.addStatement("specs.add($L)", spec("", parameter, matrices));
    }
    List<Integer> order = plan.model().order();
    for (int layer = 0; layer < order.size(); layer++) {
      String name = plan.kinds().get(order.get(layer)).block().name();
      all.addStatement(
          "$L(specs, $S)", members.method(name, "parameters"), "layers." + layer + ".");
    }
    boolean tied = plan.model().architecture().options().tied();
    for (BlockParameter parameter : plan.head().block().parameters()) {
      if (!(tied && parameter.name().equals("embedding")) && parameter.shared() == null) {
        all.addStatement("specs.add($L)", spec("", parameter, 0));
      }
    }
    all.addStatement("return specs");
    type.addMethod(
        MethodSpec.methodBuilder("parameterSpecs")
            .addJavadoc("The model's parameters, in the order of its layers.")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .returns(SPECS)
            .addCode(all.build())
            .build());
    plan.kinds().forEach(kind -> type.addMethod(kind(kind, members)));
  }

  private static MethodSpec kind(BlockPlan kind, MemberNames members) {
    var code = CodeBlock.builder();
    Map<String, Integer> matrices = HiddenMatrices.of(kind.block().graph());
    for (BlockParameter parameter : kind.block().parameters()) {
      if (parameter.shared() == null) {
        int count = matrices.getOrDefault(parameter.name(), 0);
        code.addStatement("specs.add($L)", spec("layer + ", parameter, count));
      }
    }
    return MethodSpec.methodBuilder(members.method(kind.block().name(), "parameters"))
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(SPECS, "specs")
        .addParameter(String.class, "layer")
        .addCode(code.build())
        .build();
  }

  private static CodeBlock spec(String prefix, BlockParameter parameter, int matrices) {
    return CodeBlock.of(
        "new $T($L$S, $L, $L, $L, $L$L)",
        ParameterSpec.class,
        prefix,
        parameter.fullName(""),
        parameter.rows(),
        parameter.columns(),
        initializer(parameter.initializer()),
        parameter.decayed(),
        matrices == 0 ? "" : ", " + matrices);
  }

  private static CodeBlock initializer(Initializer initializer) {
    return switch (initializer) {
      case Initializer.Normal(double deviation) ->
          CodeBlock.of("new $T($L)", Initializer.Normal.class, deviation);
      case Initializer.Constant(double value) ->
          CodeBlock.of("new $T($L)", Initializer.Constant.class, value);
      case Initializer.Linspace(double from, double to) ->
          CodeBlock.of("new $T($L, $L)", Initializer.Linspace.class, from, to);
      case Initializer.Rows(double from, double to, int rows, int columns) ->
          CodeBlock.of("new $T($L, $L, $L, $L)", Initializer.Rows.class, from, to, rows, columns);
      case Initializer.Power(double exponent, var values) ->
          CodeBlock.of("new $T($L, $L)", Initializer.Power.class, exponent, initializer(values));
      case Initializer.Uniform(double from, double to) ->
          CodeBlock.of("new $T($L, $L)", Initializer.Uniform.class, from, to);
      case Initializer.Of(var function, var values) ->
          CodeBlock.of(
              "new $T($T.$L, $L)",
              Initializer.Of.class,
              Initializer.Function.class,
              function,
              initializer(values));
      case Initializer.Affine(double scale, double shift, var values) ->
          CodeBlock.of(
              "new $T($L, $L, $L)", Initializer.Affine.class, scale, shift, initializer(values));
    };
  }
}
