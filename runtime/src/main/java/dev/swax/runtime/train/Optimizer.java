package dev.swax.runtime.train;

import dev.swax.runtime.program.ParameterSpec;
import dev.swax.runtime.program.UpdateRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What makes a step of a gradient.
 *
 * @param adamw updates what Muon does not take; its decay and clipping are those of all
 * @param muon of the matrices of layers, or null
 * @param groups with another rate or decay; of several that have a parameter, the last
 */
public record Optimizer(AdamW adamw, @Nullable Muon muon, List<ParameterGroup> groups) {
  public Optimizer {
    groups = List.copyOf(groups);
  }

  /** AdamW for all parameters alike. */
  public static Optimizer of(AdamW adamw) {
    return new Optimizer(adamw, null, List.of());
  }

  /** Whether it is AdamW for all parameters alike. */
  public boolean isPlain() {
    return muon == null && groups.isEmpty();
  }

  /** The rule of each parameter. */
  public List<UpdateRule> rules(List<ParameterSpec> specs) {
    return specs.stream().map(this::rule).toList();
  }

  /** The rule of a parameter. */
  public UpdateRule rule(ParameterSpec spec) {
    double rate = 1;
    double decay = spec.decayed() ? adamw.decay() : 0;
    for (ParameterGroup group : groups) {
      if (group.has(spec.name())) {
        rate = group.rate();
        decay = group.decay() == null ? decay : group.decay();
      }
    }
    if (muon == null || spec.matrices() == 0) {
      double rest = muon == null ? 1 : muon.rest();
      return new UpdateRule.ByAdamW(
          rate * rest, adamw.beta1(), adamw.beta2(), adamw.epsilon(), decay);
    }
    double scale = muon.scale().of(spec.rows() / spec.matrices(), spec.columns());
    return new UpdateRule.ByMuon(
        rate, scale, muon.momentum(), muon.nesterov(), muon.iterations(), decay);
  }

  /** The lines of config.txt; what is not used has none. */
  SequencedMap<String, String> describe() {
    SequencedMap<String, String> lines = new LinkedHashMap<>();
    lines.put("train.optim.beta1", Double.toString(adamw.beta1()));
    lines.put("train.optim.beta2", Double.toString(adamw.beta2()));
    lines.put("train.optim.epsilon", Double.toString(adamw.epsilon()));
    lines.put("train.optim.decay", Double.toString(adamw.decay()));
    lines.put("train.optim.clip", Double.toString(adamw.clip()));
    if (muon != null) {
      lines.put("train.optim.muon.momentum", Double.toString(muon.momentum()));
      lines.put("train.optim.muon.nesterov", Boolean.toString(muon.nesterov()));
      lines.put("train.optim.muon.iterations", Integer.toString(muon.iterations()));
      lines.put("train.optim.muon.scale", muon.scale().text());
      lines.put("train.optim.muon.rest", Double.toString(muon.rest()));
    }
    for (int i = 0; i < groups.size(); i++) {
      lines.put("train.group." + (i + 1), groups.get(i).describe());
    }
    return lines;
  }
}
