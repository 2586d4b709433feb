package dev.swax.runtime.checkpoint;

import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/** A model's tensors under the names that they have in files. */
public final class ModelTensors {
  private ModelTensors() {}

  /** Weights, under the names of their parameters. */
  public static List<NamedTensor> weights(List<Parameter> parameters) {
    return parameters.stream().map(p -> named("", p, p.value())).toList();
  }

  /** Of the weights, as much as this process keeps moments of. */
  static List<NamedTensor> weightParts(List<Parameter> parameters) {
    return parameters.stream()
        .map(p -> {
          Parameter.Kept kept = p.kept();
          Tensor own = p.value().slice(kept.from(), kept.count());
          return named("", p, own).part(kept.from(), kept.count());
        })
        .toList();
  }

  /**
   * The optimizer's moments, {@code first.} and {@code second.} before the parameters' names; Muon
   * has no second. Of each, as much as this process keeps.
   */
  public static List<NamedTensor> moments(List<Parameter> parameters) {
    return parameters.stream()
        .flatMap(p ->
            p.kept().second()
                ? Stream.of(moment("first.", p, p.first()), moment("second.", p, p.second()))
                : Stream.of(moment("first.", p, p.first())))
        .toList();
  }

  /** Gradients, under the names of their parameters. */
  public static List<NamedTensor> gradients(List<Parameter> parameters) {
    return parameters.stream().map(p -> named("", p, p.gradient())).toList();
  }

  private static NamedTensor moment(String prefix, Parameter parameter, Tensor tensor) {
    NamedTensor whole = named(prefix, parameter, tensor);
    return whole.part(parameter.kept().from(), parameter.kept().count());
  }

  private static NamedTensor named(String prefix, Parameter parameter, Tensor tensor) {
    var spec = parameter.spec();
    return new NamedTensor(prefix + spec.name(), spec.rows(), spec.columns(), tensor);
  }
}
