package dev.swax.cli.verify;

import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.lower.Block;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.runtime.kernel.step.StepShape;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a model computes and how much of it, to compare it with a smaller copy of itself. */
final class Sizes {
  private static final Pattern WHOLE = Pattern.compile("(?<![\\w.])\\d+(?![\\w.])");

  private final LoweredModel model;

  Sizes(Architecture model) {
    this.model = LowerModel.lower(model);
  }

  /** The kind of each layer. */
  List<Integer> order() {
    return model.order();
  }

  /** How many kinds of layers there are. */
  int kinds() {
    return model.kinds().size();
  }

  /** Numbers of one layer of each kind: weights, states, and values of a token. */
  long numbers() {
    return model.kinds().stream().mapToLong(Sizes::numbers).sum();
  }

  private static long numbers(Block kind) {
    long numbers = kind.parameterCount();
    for (Node node : kind.graph().nodes()) {
      numbers += node.type().columns();
      if (node.op() instanceof Op.Recurrence(var shape)) {
        numbers += shape.stateNumbers();
      }
    }
    return numbers;
  }

  /** The fewest channels that anything in a layer sums over: a norm, or a product of vectors. */
  int narrowestSum() {
    int fewest = Integer.MAX_VALUE;
    for (Block kind : model.kinds()) {
      for (Node node : kind.graph().nodes()) {
        if (node.op() instanceof Op.SumGroups(int groups)) {
          int columns = kind.graph().node(node.operand(0)).type().columns();
          fewest = Math.min(fewest, columns / groups);
        }
      }
    }
    return fewest;
  }

  /**
   * Whether a smaller copy computes the same: layers of the same kinds, and in each the same
   * operations. Sizes of an operation that differ here differ there, so that heads that share keys
   * still share them, and none has become 1.
   */
  boolean keptBy(Sizes smaller) {
    if (!smaller.model.order().equals(model.order())) {
      return false;
    }
    for (int kind = 0; kind < model.kinds().size(); kind++) {
      if (!kept(
          model.kinds().get(kind).graph().nodes(),
          smaller.model.kinds().get(kind).graph().nodes())) {
        return false;
      }
    }
    return true;
  }

  private static boolean kept(List<Node> before, List<Node> after) {
    if (before.size() != after.size()) {
      return false;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).operands().equals(after.get(i).operands())
          || !kept(before.get(i).op(), after.get(i).op())) {
        return false;
      }
    }
    return true;
  }

  private static boolean kept(Op before, Op after) {
    if (before.getClass() != after.getClass()) {
      return false;
    }
    if (before instanceof Op.Recurrence(StepShape _)) {
      return after instanceof Op.Recurrence(StepShape _); // a program, whose numbers are no sizes
    }
    List<String> large = wholeNumbers(before);
    List<String> small = wholeNumbers(after);
    if (large.size() != small.size()) {
      return true;
    }
    for (int i = 0; i < large.size(); i++) {
      if (small.get(i).equals("1") && !large.get(i).equals("1")) {
        return false;
      }
      for (int j = 0; j < i; j++) {
        if (small.get(i).equals(small.get(j)) && !large.get(i).equals(large.get(j))) {
          return false;
        }
      }
    }
    return true;
  }

  private static List<String> wholeNumbers(Op op) {
    return WHOLE.matcher(op.toString()).results().map(MatchResult::group).toList();
  }
}
