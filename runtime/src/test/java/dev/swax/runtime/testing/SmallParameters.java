package dev.swax.runtime.testing;

import dev.swax.runtime.program.Initializer;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.ParameterSpec;
import dev.swax.runtime.random.Initialization;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/** Two small matrices with moments, as a model of a few numbers has them. */
public final class SmallParameters {
  private static final Arena ARENA = Arena.ofAuto();

  private SmallParameters() {}

  /** Drawn from a seed. */
  public static List<Parameter> drawn(long seed) {
    List<Parameter> parameters = List.of(parameter("embedding", 2, 2), parameter("head", 3, 2));
    Initialization.initialize(parameters, seed);
    parameters.forEach(p -> p.first().set(1, seed * 0.5f));
    parameters.forEach(p -> p.second().set(2, seed * 0.25f));
    return parameters;
  }

  /** One matrix. */
  public static Parameter parameter(String name, int rows, int columns) {
    var spec = new ParameterSpec(name, rows, columns, new Initializer.Normal(1), true);
    return new Parameter(spec, tensor(spec), tensor(spec), tensor(spec), tensor(spec));
  }

  private static Tensor tensor(ParameterSpec spec) {
    return Tensor.allocate(ARENA, spec.size());
  }

  /** All their values and moments. */
  public static List<Integer> bits(List<Parameter> parameters) {
    List<Integer> bits = new ArrayList<>();
    for (Parameter parameter : parameters) {
      for (Tensor tensor : List.of(parameter.value(), parameter.first(), parameter.second())) {
        for (long i = 0; i < parameter.spec().size(); i++) {
          bits.add(Float.floatToRawIntBits(tensor.get(i)));
        }
      }
    }
    return bits;
  }
}
