package dev.swax.compiler.facts;

import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.ParameterSpecs;
import dev.swax.compiler.model.Architecture;
import dev.swax.runtime.program.ParameterLayout;
import dev.swax.runtime.program.ParameterSpec;
import dev.swax.runtime.program.Shares;
import dev.swax.runtime.program.UpdateRule;
import dev.swax.runtime.train.Optimizer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What an optimizer holds beside weights and gradients.
 *
 * @param matrices that Muon takes
 * @param muonNumbers in them
 * @param adamwNumbers in all other parameters
 * @param workspace floats of Muon's iteration, for the largest matrix
 */
public record OptimizerMemory(long matrices, long muonNumbers, long adamwNumbers, long workspace) {

  /** That of a model's optimizer. */
  public static OptimizerMemory of(Optimizer optimizer, Architecture model) {
    return of(optimizer, ParameterSpecs.of(LowerModel.lower(model)));
  }

  private static OptimizerMemory of(Optimizer optimizer, List<ParameterSpec> specs) {
    long matrices = 0;
    long muon = 0;
    long adamw = 0;
    long largest = 0;
    long largestGram = 0;
    for (ParameterSpec spec : specs) {
      switch (optimizer.rule(spec)) {
        case UpdateRule.ByAdamW _ -> adamw += spec.size();
        case UpdateRule.ByMuon _ -> {
          matrices += spec.matrices();
          muon += spec.size();
          long side = Math.min(spec.rows() / spec.matrices(), spec.columns());
          largest = Math.max(largest, spec.size() / spec.matrices());
          largestGram = Math.max(largestGram, side * side);
        }
      }
    }
    return new OptimizerMemory(matrices, muon, adamw, 2 * (largest + largestGram));
  }

  /** Bytes of moments. */
  public long moments() {
    return Float.BYTES * (muonNumbers + 2 * adamwNumbers);
  }

  /**
   * How many bytes more the process with the most of so many has than where each has an equal part
   * of AdamW's moments of all parameters; below 0: fewer.
   */
  public static long beyondAdamW(Optimizer optimizer, Architecture model, int processes) {
    List<ParameterSpec> specs = ParameterSpecs.of(LowerModel.lower(model));
    var shares = new Shares(new ParameterLayout(specs), optimizer.rules(specs), processes);
    long most = IntStream.range(0, processes).mapToLong(shares::moments).max().orElse(0);
    long numbers = specs.stream().mapToLong(ParameterSpec::size).sum();
    long equal = 2 * ((numbers + processes - 1) / processes);
    return Float.BYTES * (of(optimizer, specs).workspace + most - equal);
  }
}
