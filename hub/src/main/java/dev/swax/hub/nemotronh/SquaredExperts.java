package dev.swax.hub.nemotronh;

import dev.swax.hub.layer.ModelText;
import dev.swax.hub.layer.Part;
import dev.swax.hub.layer.Words;
import dev.swax.hub.weight.WeightTable;
import dev.swax.runtime.kernel.expert.ChoiceShape;

/**
 * Experts of squared ReLU, chosen by sigmoids with a correction, beside one that all tokens have.
 *
 * @param normalize whether the weights of a token are made to sum to 1
 * @param scale of these weights
 */
record SquaredExperts(
    ChoiceShape choice,
    SquaredFeedForward expert,
    SquaredFeedForward shared,
    boolean normalize,
    double scale)
    implements Part {
  @Override
  public void declare(ModelText text) {
    expert.declare(text);
    shared.declare(text);
  }

  @Override
  public String value() {
    var text = new StringBuilder("moe(").append(expert.value());
    text.append(", experts: %d, active: %d".formatted(choice.experts(), choice.active()));
    text.append(", shared: ").append(shared.value()).append(", score: sigmoid");
    if (!normalize) {
      text.append(", normalize: false");
    }
    if (scale != 1) {
      text.append(", scale: ").append(Words.number(scale));
    }
    text.append(", correction: true");
    if (choice.groups() != 1) {
      text.append(
          ", groups: %d, active_groups: %d".formatted(choice.groups(), choice.activeGroups()));
    }
    return text.append(")").toString();
  }

  @Override
  public void link(WeightTable.Builder table, String there, String here) {
    int experts = choice.experts();
    int width = expert.width();
    table.linear(there + "gate.weight", here + "router", width, experts);
    table.vector(there + "gate.e_score_correction_bias", here + "router_correction", experts, 0);
    for (int i = 0; i < experts; i++) {
      String one = there + "experts." + i + ".";
      table.expert(one + "up_proj.weight", here + "experts.up", width, expert.hidden(), i);
      table.expert(one + "down_proj.weight", here + "experts.down", expert.hidden(), width, i);
    }
    shared.link(table, there + "shared_experts.", here + "shared.");
  }
}
