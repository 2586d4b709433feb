package dev.swax.tornado;

import dev.swax.runtime.program.ParameterSpec;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.UpdateRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * Weights that are updated together: they lie side by side, from an index to before another, and
 * follow one rule.
 *
 * @param shape of the one matrix that a range of Muon is
 */
record RuleRange(int from, int to, UpdateRule rule, MatrixShape shape) {

  /** The ranges of all parameters, as few as there can be; {@code rules} has one for each. */
  static List<RuleRange> all(Places places, Parameters parameters, List<UpdateRule> rules) {
    Iterator<UpdateRule> rule = rules.iterator();
    List<RuleRange> each = new ArrayList<>();
    places.forEach(
        parameters,
        (parameter, from) -> {
          switch (rule.next()) {
            case UpdateRule.ByAdamW adamw -> each.add(whole(parameter.spec(), from, adamw));
            case UpdateRule.ByMuon muon -> addMatrices(parameter.spec(), from, muon, each);
          }
        });
    each.sort(Comparator.comparingInt(RuleRange::from));
    return joined(each);
  }

  private static RuleRange whole(ParameterSpec spec, int from, UpdateRule.ByAdamW rule) {
    int to = Math.toIntExact(from + spec.size());
    return new RuleRange(from, to, rule, new MatrixShape(spec.rows(), spec.columns()));
  }

  private static void addMatrices(
      ParameterSpec spec, int from, UpdateRule.ByMuon rule, List<RuleRange> to) {
    MatrixShape shape = MatrixShape.of(spec);
    for (int i = 0; i < spec.matrices(); i++) {
      int at = from + i * shape.length();
      to.add(new RuleRange(at, at + shape.length(), rule, shape));
    }
  }

  private static List<RuleRange> joined(List<RuleRange> each) {
    List<RuleRange> joined = new ArrayList<>();
    for (RuleRange range : each) {
      if (!joined.isEmpty() && joined.getLast().goesOnWith(range)) {
        RuleRange last = joined.removeLast();
        joined.add(new RuleRange(last.from, range.to, range.rule, range.shape));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }

  private boolean goesOnWith(RuleRange next) {
    return rule instanceof UpdateRule.ByAdamW && rule.equals(next.rule);
  }
}
