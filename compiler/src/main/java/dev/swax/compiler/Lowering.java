package dev.swax.compiler;

import dev.swax.compiler.autodiff.Gradient;
import dev.swax.compiler.facts.Usage;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Cut;
import dev.swax.compiler.pass.Pipeline;
import dev.swax.compiler.plan.MemoryPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.train.Recompute;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The stages between a model and its generated class, in order, each with what it made. Whoever
 * compiles, prints or verifies a model takes them from here.
 *
 * @param ir each block as it was declared
 * @param simplified the same values with less work
 * @param grad each block followed by its gradients
 * @param optimized the same with less work, equal things computed once
 * @param plan steps of each method, and a place for every value
 */
public record Lowering(
    LoweredModel ir,
    LoweredModel simplified,
    LoweredModel grad,
    LoweredModel optimized,
    ModelPlan plan) {

  /** What training holds at its peak, from the plans of a model. */
  public static SequencedMap<Recompute, Long> trainingBytes(Architecture model, Usage usage) {
    ModelPlan plan = of(model).plan();
    SequencedMap<Recompute, Long> bytes = new LinkedHashMap<>();
    for (Recompute recompute : Recompute.values()) {
      bytes.put(
          recompute,
          MemoryPlan.training(plan.with(recompute), usage.batch(), usage.sequence())
              .shared(usage.lanes(), usage.processes())
              .process());
    }
    return bytes;
  }

  /** All stages of a model. */
  public static Lowering of(Architecture model) {
    return of(LowerModel.lower(model));
  }

  /** All stages of a model of which something is taken out. */
  public static Lowering of(Architecture model, Cut cut) {
    return of(LowerModel.lower(model, cut));
  }

  /** All stages after the first. */
  public static Lowering of(LoweredModel ir) {
    LoweredModel simplified = ir.with(Pipeline::beforeGradients);
    LoweredModel grad = simplified.with(Gradient::of);
    LoweredModel optimized = grad.with(Pipeline::afterGradients);
    return new Lowering(ir, simplified, grad, optimized, ModelPlan.of(optimized));
  }
}
