package dev.swax.runtime.program;

import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;

/** The trained tensors of a model, by name, in the order of their specifications. */
public final class Parameters implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final SequencedMap<String, Parameter> byName = new LinkedHashMap<>();

  private List<Parameter> all = List.of();

  private Parameters() {}

  /**
   * Zeros for every specification. Without {@code training} the gradients and moments are empty
   * tensors.
   */
  public static Parameters allocate(List<ParameterSpec> specs, boolean training) {
    return allocate(specs, training, _ -> training);
  }

  /** For training by these rules, which may need no second moment of some. */
  public static Parameters allocate(List<ParameterSpec> specs, List<UpdateRule> rules) {
    Set<String> second = new HashSet<>();
    for (int i = 0; i < specs.size(); i++) {
      if (rules.get(i).hasSecondMoment()) {
        second.add(specs.get(i).name());
      }
    }
    return allocate(specs, true, spec -> second.contains(spec.name()));
  }

  private static Parameters allocate(
      List<ParameterSpec> specs, boolean training, Predicate<ParameterSpec> second) {
    var parameters = new Parameters();
    for (ParameterSpec spec : specs) {
      long kept = training ? spec.size() : 0;
      var parameter =
          new Parameter(
              spec,
              Tensor.allocate(parameters.arena, spec.size()),
              Tensor.allocate(parameters.arena, kept),
              Tensor.allocate(parameters.arena, kept),
              Tensor.allocate(parameters.arena, second.test(spec) ? spec.size() : 0));
      if (parameters.byName.put(spec.name(), parameter) != null) {
        throw new IllegalArgumentException("two parameters are called " + spec.name());
      }
    }
    parameters.all = List.copyOf(parameters.byName.values());
    return parameters;
  }

  public Parameter get(String name) {
    Parameter parameter = byName.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException("no parameter " + name);
    }
    return parameter;
  }

  public List<Parameter> all() {
    return all;
  }

  @Override
  public void close() {
    arena.close();
  }
}
