package dev.swax.compiler.lower;

import dev.swax.compiler.lower.Block.BlockParameter;
import dev.swax.runtime.program.ParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The parameters of a model as its program has them, in the order of its layers. */
public final class ParameterSpecs {
  private ParameterSpecs() {}

  /** All of them. */
  public static List<ParameterSpec> of(LoweredModel model) {
    List<ParameterSpec> specs = new ArrayList<>();
    for (BlockParameter parameter : model.embed().parameters()) {
      specs.add(spec("", parameter, 0));
    }
    for (BlockParameter parameter : model.sharedParameters()) {
      specs.add(spec("", parameter, sharedMatrices(model, parameter)));
    }
    for (int layer = 0; layer < model.order().size(); layer++) {
      Block kind = model.layer(layer);
      Map<String, Integer> matrices = HiddenMatrices.of(kind.graph());
      for (BlockParameter parameter : kind.parameters()) {
        if (parameter.shared() == null) {
          int count = matrices.getOrDefault(parameter.name(), 0);
          specs.add(spec("layers." + layer + ".", parameter, count));
        }
      }
    }
    boolean tied = model.architecture().options().tied();
    for (BlockParameter parameter : model.head().parameters()) {
      if (!(tied && parameter.name().equals("embedding")) && parameter.shared() == null) {
        specs.add(spec("", parameter, 0));
      }
    }
    return specs;
  }

  /** How many matrices a parameter is that layers share. */
  public static int sharedMatrices(LoweredModel model, BlockParameter shared) {
    return model.kinds().stream()
        .filter(kind -> kind.parameters().contains(shared))
        .map(kind -> HiddenMatrices.of(kind.graph()).getOrDefault(shared.name(), 0))
        .findFirst()
        .orElse(0);
  }

  private static ParameterSpec spec(String prefix, BlockParameter parameter, int matrices) {
    return new ParameterSpec(
        parameter.fullName(prefix),
        parameter.rows(),
        parameter.columns(),
        parameter.initializer(),
        parameter.decayed(),
        matrices);
  }
}
