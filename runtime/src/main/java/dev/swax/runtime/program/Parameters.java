package dev.swax.runtime.program;

import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The trained tensors of a model, by name, in the order of their specifications. */
public final class Parameters implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final SequencedMap<String, Parameter> byName = new LinkedHashMap<>();
  private final Tensor values;
  private final Tensor gradients;
  private final boolean training;

  private List<Parameter> all = List.of();

  private Parameters(ParameterLayout layout, boolean training) {
    this.values = Tensor.allocate(arena, layout.length());
    this.gradients = Tensor.allocate(arena, training ? layout.length() : 0);
    this.training = training;
  }

  /**
   * Zeros for every specification. Without {@code training} the gradients and moments are empty
   * tensors.
   */
  public static Parameters allocate(List<ParameterSpec> specs, boolean training) {
    var layout = new ParameterLayout(specs);
    var parameters = new Parameters(layout, training);
    for (int i = 0; i < specs.size(); i++) {
      parameters.add(layout, i, new Parameter.Kept(0, training ? specs.get(i).size() : 0, true));
    }
    return parameters.done();
  }

  /** For training by these rules, which may need no second moment of some. */
  public static Parameters allocate(List<ParameterSpec> specs, List<UpdateRule> rules) {
    return allocate(new Shares(new ParameterLayout(specs), rules, 1), rules, 0);
  }

  /** The same with the moments of only what one of several processes updates. */
  public static Parameters allocate(Shares shares, List<UpdateRule> rules, int process) {
    ParameterLayout layout = shares.layout();
    var parameters = new Parameters(layout, true);
    for (int i = 0; i < rules.size(); i++) {
      Shares.Range own = shares.of(i, process);
      parameters.add(
          layout, i, new Parameter.Kept(own.from(), own.length(), rules.get(i).hasSecondMoment()));
    }
    return parameters.done();
  }

  private void add(ParameterLayout layout, int index, Parameter.Kept kept) {
    ParameterSpec spec = layout.specs().get(index);
    long start = layout.start(index);
    var parameter =
        new Parameter(
            spec,
            values.slice(start, spec.size()),
            training ? gradients.slice(start, spec.size()) : gradients.slice(0, 0),
            Tensor.allocate(arena, kept.count()),
            Tensor.allocate(arena, kept.second() ? kept.count() : 0),
            kept);
    if (byName.put(spec.name(), parameter) != null) {
      throw new IllegalArgumentException("two parameters are called " + spec.name());
    }
  }

  private Parameters done() {
    all = List.copyOf(byName.values());
    return this;
  }

  /** The values of all, as the {@link ParameterLayout} has them. */
  public Tensor values() {
    return values;
  }

  /** The gradients of all, in the same layout; empty where nothing is trained. */
  public Tensor gradients() {
    return gradients;
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
