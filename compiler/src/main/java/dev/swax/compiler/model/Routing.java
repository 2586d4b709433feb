package dev.swax.compiler.model;

import dev.swax.runtime.kernel.expert.ChoiceShape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Locale;

/**
 * How tokens go to experts: {@code logits = x W (+ bias)}; the experts of the largest logits, or of
 * the largest scores plus a correction; weights from the scores of those.
 *
 * @param normalized whether the weights of a token's experts are divided by their sum
 * @param eps added to that sum, if the scores are sigmoids
 * @param scale that all weights are multiplied by
 * @param bias whether the logits have a learnt bias
 * @param corrected whether a number for each expert is added to the scores that choose, and to
 *     nothing else; it has no gradient
 * @param ofInput whether weights multiply what goes into the experts, not what comes out
 * @param balance coefficient of the balance loss; 0 for none
 */
public record Routing(
    ChoiceShape choice,
    Score score,
    boolean normalized,
    double eps,
    double scale,
    boolean bias,
    boolean corrected,
    boolean ofInput,
    double balance) {
  /** Added to a sum of sigmoids, which may all be 0. */
  public static final double TINY = 1e-20;

  /** What makes scores of logits. */
  public enum Score {
    /** Over all experts. */
    SOFTMAX,
    SIGMOID
  }

  /** How many there are, and what is not as usual: {@code 2 of 8 experts, sigmoid}. */
  public String words() {
    var words = new ArrayList<String>();
    words.add("%d of %d experts".formatted(choice.active(), choice.experts()));
    if (choice.activeGroups() < choice.groups()) {
      words.add("of %d of %d groups".formatted(choice.activeGroups(), choice.groups()));
    }
    if (score != Score.SOFTMAX) {
      words.add(score.name().toLowerCase(Locale.ROOT));
    }
    if (!normalized) {
      words.add("not normalized");
    }
    if (eps != TINY) {
      words.add("eps " + text(eps));
    }
    if (scale != 1) {
      words.add("scale " + text(scale));
    }
    if (bias) {
      words.add("bias");
    }
    if (corrected) {
      words.add("correction");
    }
    if (ofInput) {
      words.add("on input");
    }
    if (balance != 0) {
      words.add("balance " + text(balance));
    }
    return String.join(", ", words);
  }

  private static String text(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /** So many of so many experts by softmax, with weights whose sum is 1. */
  public static Routing softmax(int experts, int active) {
    return new Routing(
        ChoiceShape.of(experts, active), Score.SOFTMAX, true, TINY, 1, false, false, false, 0);
  }
}
