package dev.swax.runtime.evaluate;

import dev.swax.runtime.UserError;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Program;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Reads sequences with a model, each from the empty state. Those that fit are read many in one
 * call; longer ones by themselves, in segments with the state carried on, so memory does not depend
 * on their length. Which of the two is up to a sequence's own length, so that what the model says
 * of it has the same bits whatever is read with it.
 */
final class SequenceReader {
  /** Sequences of one call, at most: a memory has a state for each. */
  private static final int MOST_TOGETHER = 16;

  /** What is done with each target. */
  interface Visitor {
    /**
     * @param sequence its place in the list
     * @param position of the target within the sequence
     * @param row of the target in the program's logits and losses
     */
    void target(int sequence, int position, int row);
  }

  private final Program program;
  private final int[] windows;
  private final BooleanSupplier stop;
  private final int vocabulary;

  /** The reader asks {@code stop} before each call; once true, it reads no further. */
  SequenceReader(Program program, int[] windows, BooleanSupplier stop) {
    if (program.batch() != 1) {
      throw new IllegalArgumentException("sequences are read in one row, not " + program.batch());
    }
    this.program = program;
    this.windows = windows.clone();
    this.stop = stop;
    this.vocabulary = program.vocabulary();
  }

  /** How many sequences of a length fit into one call, at least one. */
  int together(int length) {
    int rows = rows(length) + program.metaTokens();
    return Math.clamp(rows(program) / rows, 1, MOST_TOGETHER);
  }

  /** Rows of a call at most. */
  private static int rows(Program program) {
    return program.time() + program.metaTokens();
  }

  /** Rows that a sequence takes in a call. */
  private static int rows(int length) {
    return Math.max(length, Program.FEWEST_ROWS);
  }

  /** Visits every target, sequence by sequence. False where it was stopped on the way. */
  boolean read(List<? extends Sequence> sequences, Visitor visitor) {
    int first = 0;
    boolean goesOn = true;
    while (goesOn && first < sequences.size()) {
      int end = endOfCall(sequences, first);
      goesOn =
          end == first
              ? walk(sequences.get(first), first, visitor)
              : readTogether(sequences.subList(first, end), first, visitor);
      first = Math.max(end, first + 1);
    }
    program.resetState();
    return goesOn;
  }

  /** After the last of the sequences from {@code first} on that are read in one call. */
  private int endOfCall(List<? extends Sequence> sequences, int first) {
    int longest = 0;
    int end = first;
    while (end < sequences.size()) {
      longest = Math.max(longest, sequences.get(end).length());
      if (longest > program.time() || end - first + 1 > together(longest)) {
        return end;
      }
      end++;
    }
    return end;
  }

  private boolean readTogether(List<? extends Sequence> sequences, int first, Visitor visitor) {
    if (stop.getAsBoolean()) {
      return false;
    }
    int longest = sequences.stream().mapToInt(Sequence::length).max().orElseThrow();
    int time = Math.min(rows(longest), program.time());
    Batch batch = Batch.allocate(sequences.size(), time);
    for (int i = 0; i < sequences.size(); i++) {
      fill(batch, i * time, time, sequences.get(i), 0);
    }
    program.evaluateApart(batch, windows);
    for (int i = 0; i < sequences.size(); i++) {
      visit(batch, i * time, time, first + i, 0, visitor);
    }
    return true;
  }

  private boolean walk(Sequence sequence, int index, Visitor visitor) {
    program.resetState();
    int length = sequence.length();
    for (int from = 0; from < length; from += program.time()) {
      if (stop.getAsBoolean()) {
        return false;
      }
      int count = Math.min(program.time(), length - from);
      Batch batch = Batch.allocate(1, count);
      fill(batch, 0, count, sequence, from);
      program.evaluate(batch, windows);
      visit(batch, 0, count, index, from, visitor);
    }
    return true;
  }

  /** The tokens from {@code from} on; behind the last one there is nothing to predict. */
  private static void fill(Batch batch, int row, int rows, Sequence sequence, int from) {
    for (int t = 0; t < rows; t++) {
      boolean inside = from + t < sequence.length();
      batch.tokens()[row + t] = inside ? sequence.token(from + t) : 0;
      batch.targets()[row + t] = inside ? sequence.target(from + t) : -1;
    }
  }

  private static void visit(Batch batch, int row, int rows, int index, int from, Visitor visitor) {
    for (int t = 0; t < rows; t++) {
      if (batch.targets()[row + t] >= 0) {
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
