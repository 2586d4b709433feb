package dev.swax.compiler.facts;

import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.ParameterSpecs;
import dev.swax.compiler.model.Architecture;
import dev.swax.runtime.program.ParameterSpec;
import java.util.List;

/** What the parameters of a model are called, in the order of its layers. */
public final class ParameterNames {
  private ParameterNames() {}

  public static List<String> of(Architecture model) {
    return ParameterSpecs.of(LowerModel.lower(model)).stream().map(ParameterSpec::name).toList();
  }
}
