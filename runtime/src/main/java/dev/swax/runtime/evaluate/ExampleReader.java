package dev.swax.runtime.evaluate;

import dev.swax.runtime.UserError;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.task.Example;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads examples with a model. Those that fit are read many in one call, each from the empty state;
 * longer ones in segments with the state carried on, so memory does not depend on their length.
 */
final class ExampleReader {
  /** What is done with each target. */
  interface Visitor {
    /**
     * @param example its place in the list
     * @param position of the target within the example
     * @param row of the target in the program's logits and losses
     */
    void target(int example, int position, int row);
  }

  private final Program program;
  private final int[] windows;
  private final int vocabulary;

  ExampleReader(Program program, int[] windows) {
    if (program.batch() != 1) {
      throw new IllegalArgumentException("examples are read in one row, not " + program.batch());
    }
    this.program = program;
    this.windows = windows.clone();
    this.vocabulary = Math.toIntExact(program.logits().length() / program.time());
  }

  /** How many examples of a length fit into one call, at least one. */
  int together(int length) {
    return Math.max(1, program.time() / Math.max(1, length));
  }

  /** Visits every target, example by example. */
  void read(List<Example> examples, Visitor visitor) {
    int first = 0;
    while (first < examples.size()) {
      int end = first;
      int tokens = 0;
      while (end < examples.size() && tokens + length(examples, end) <= program.time()) {
        tokens += length(examples, end++);
      }
      if (end == first) {
        walk(examples.get(first), first, visitor);
        end++;
      } else {
        readTogether(examples.subList(first, end), tokens, first, visitor);
      }
      first = end;
    }
    program.resetState();
  }

  private static int length(List<Example> examples, int index) {
    return examples.get(index).tokens().length;
  }

  private void readTogether(List<Example> examples, int tokens, int first, Visitor visitor) {
    Batch batch = Batch.allocate(1, tokens);
    List<Integer> starts = new ArrayList<>();
    int row = 0;
    for (Example example : examples) {
      starts.add(row);
      batch.documentStarts()[row] = true;
      fill(batch, row, example, 0, example.tokens().length);
      row += example.tokens().length;
    }
    program.resetState();
    program.evaluate(batch, windows);
    for (int i = 0; i < examples.size(); i++) {
      visit(examples.get(i), first + i, 0, examples.get(i).tokens().length, starts.get(i), visitor);
    }
  }

  private void walk(Example example, int index, Visitor visitor) {
    program.resetState();
    int length = example.tokens().length;
    for (int from = 0; from < length; from += program.time()) {
      int count = Math.min(program.time(), length - from);
      Batch batch = Batch.allocate(1, count);
      batch.documentStarts()[0] = from == 0;
      fill(batch, 0, example, from, count);
      program.evaluate(batch, windows);
      visit(example, index, from, count, 0, visitor);
    }
  }

  private static void fill(Batch batch, int row, Example example, int from, int count) {
    System.arraycopy(example.tokens(), from, batch.tokens(), row, count);
    System.arraycopy(example.targets(), from, batch.targets(), row, count);
  }

  private static void visit(
      Example example, int index, int from, int count, int row, Visitor visitor) {
    for (int t = 0; t < count; t++) {
      if (example.targets()[from + t] >= 0) {
        visitor.target(index, from + t, row + t);
      }
    }
  }

  /** The loss of a row, in nats. */
  double loss(int row) {
    return program.losses().get(row);
  }

  /** The likeliest token after a row; of equally likely ones the first. */
  int likeliest(int row) {
    long from = (long) row * vocabulary;
    int best = 0;
    float highest = Float.NEGATIVE_INFINITY;
    for (int token = 0; token < vocabulary; token++) {
      float logit = program.logits().get(from + token);
      if (!Float.isFinite(logit)) {
        throw new UserError("the model's logit of token %d is %s".formatted(token, logit), null);
      }
      if (logit > highest) {
        highest = logit;
        best = token;
      }
    }
    return best;
  }
}
