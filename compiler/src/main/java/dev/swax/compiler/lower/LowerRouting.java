package dev.swax.compiler.lower;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.ExpertOp;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.model.Routing;
import dev.swax.compiler.model.Routing.Score;
import dev.swax.runtime.program.Initializer;

/**
 * The router of experts. The logits choose where the scores are in their order; softmax of the
 * chosen is softmax of all, divided by the sum of the chosen.
 */
final class LowerRouting {
  private final Routing routing;
  private final String name;
  private final BlockBuilder out;

  /** Where the rows of a token are, whose they are, and what they weigh. */
  record Route(ValueId places, ValueId owners, ValueId weights) {}

  private LowerRouting(Routing routing, String name, BlockBuilder out) {
    this.routing = routing;
    this.name = name;
    this.out = out;
  }

  /**
   * @param name of the matrix; names of other parameters begin with it
   */
  static Route lower(Routing routing, String name, ValueId x, BlockBuilder out) {
    return new LowerRouting(routing, name, out).route(x);
  }

  private Route route(ValueId x) {
    ValueId logits = logits(x);
    ValueId chosen = add("chosen", new ExpertOp.Choose(routing.choice()), choosing(logits));
    ValueId places = out.graph().named("places", new Op.Part(1), chosen);
    ValueId owners = out.graph().named("owners", new Op.Part(2), chosen);
    ValueId balanced =
        routing.balance() == 0
            ? logits
            : add("balanced", new ExpertOp.Balance(routing.balance()), logits, owners);
    return new Route(places, owners, weights(balanced, chosen));
  }

  private ValueId logits(ValueId x) {
    int width = out.graph().type(x).columns();
    int experts = routing.choice().experts();
    ValueId weight = out.matrix(name, width, experts, Initializers.small(width));
    ValueId logits = out.matmul("logits", x, weight);
    return routing.bias() ? plusRow(logits, "_bias") : logits;
  }

  private ValueId choosing(ValueId logits) {
    boolean grouped = routing.choice().activeGroups() < routing.choice().groups();
    if (!routing.corrected() && !grouped) {
      return logits;
    }
    ValueId scores = scores(logits);
    return routing.corrected() ? plusRow(scores, "_correction") : scores;
  }

  private ValueId scores(ValueId logits) {
    return switch (routing.score()) {
      case SOFTMAX -> out.graph().add(new Op.Softmax(1), logits);
      case SIGMOID -> out.unary(UnaryFunction.SIGMOID, logits);
    };
  }

  private ValueId weights(ValueId logits, ValueId chosen) {
    boolean whole = routing.score() == Score.SOFTMAX && !routing.normalized();
    ValueId picked = add("picked", new ExpertOp.Pick(), whole ? scores(logits) : logits, chosen);
    ValueId weights = whole ? picked : scores(picked);
    if (routing.score() == Score.SIGMOID && routing.normalized()) {
      ValueId sum = out.graph().add(new Op.SumGroups(1), weights);
      ValueId divisor = out.binary(BinaryFunction.ADD, sum, out.constant(routing.eps()));
      ValueId spread = out.graph().add(new Op.SpreadGroups(routing.choice().active()), divisor);
      weights = out.binary(BinaryFunction.DIVIDE, weights, spread);
    }
    return routing.scale() == 1
        ? weights
        : out.binary(BinaryFunction.MULTIPLY, weights, out.constant(routing.scale()));
  }

  private ValueId plusRow(ValueId x, String suffix) {
    ValueId row =
        out.vector(name + suffix, routing.choice().experts(), new Initializer.Constant(0));
    return out.binary(BinaryFunction.ADD, x, out.graph().add(new Op.SpreadRow(), row));
  }

  private ValueId add(String name, ExpertOp op, ValueId... operands) {
    return out.graph().named(name, new Op.Experts(op), operands);
  }
}
