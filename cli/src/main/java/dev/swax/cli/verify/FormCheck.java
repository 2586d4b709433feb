package dev.swax.cli.verify;

import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.type.PartKind;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One layer of each kind alone, three ways over the same text: at once (memories by chunks, the
 * last one ragged), token by token (the recurrent form), and in uneven pieces with the state
 * carried on. The losses must agree. A fourth way joins two texts: the second must not see the
 * first. Models with meta tokens, which stand before a text, have no such way.
 */
final class FormCheck {
  private static final int TIME = 203;
  private static final int[] PIECES = {64, 1, 31, 65, 42};

  private final Architecture model;
  private final OptimizerSettings optimizer;
  private final Kernels kernels;
  private final SplittableRandom random;

  FormCheck(
      Architecture model, OptimizerSettings optimizer, Kernels kernels, SplittableRandom random) {
    this.model = model;
    this.optimizer = optimizer;
    this.kernels = kernels;
    this.random = random;
  }

  List<Check> run() {
    List<Check> checks = new ArrayList<>();
    List<Integer> order = LowerModel.lower(model).order();
    for (int kind = 0; order.contains(kind); kind++) {
      int place = order.indexOf(kind);
      Layer layer = model.layers().get(place);
      if (layer.parts().stream().anyMatch(part -> part.kind() == PartKind.CELL)) {
        check(layer, Layer.some(model.layers(), List.of(place)), checks);
      }
    }
    return checks;
  }

  /**
   * Checks a layer.
   *
   * @param alone the layer with those that it reads
   */
  private void check(Layer layer, List<Layer> alone, List<Check> checks) {
    Subject subject = Subject.of(Shrink.with(model, alone), optimizer);
    double tolerance = Tolerance.sums(subject.terms(TIME), subject.stages());
    String name = layer.name();
    boolean memory = layer.parts().stream().anyMatch(part -> part.recurrence() != null);
    try (Parameters parameters = Parameters.allocate(subject.program().parameterSpecs(), false);
        Program program = subject.program().create(kernels, parameters, 1, TIME, TIME, false)) {
      Weights.randomize(parameters, random);
      Batch text = subject.batch(random, 1, TIME, false);
      double[] whole = walk(program, text, subject.windows(), TIME);
      checks.add(
          new Check(
              name + (memory ? ": chunks against recurrent form" : ": at once against one by one"),
              error(whole, walk(program, text, subject.windows(), 1)),
              tolerance,
              null));
      checks.add(
          new Check(
              name + ": at once against uneven pieces",
              error(whole, walk(program, text, subject.windows(), PIECES)),
              tolerance,
              null));
      if (subject.mayJoinTexts()) {
        checks.add(
            new Check(
                name + ": texts kept apart",
                apart(program, text, subject.windows()),
                tolerance,
                null));
      }
    }
  }

  /** Losses of the text, walked in pieces of those lengths, over and over. */
  private static double[] walk(Program program, Batch text, int[] windows, int... pieces) {
    double[] losses = new double[TIME];
    program.resetState();
    int piece = 0;
    for (int from = 0; from < TIME; piece++) {
      int time = Math.min(pieces[piece % pieces.length], TIME - from);
      program.evaluate(part(text, from, time), windows);
      for (int t = 0; t < time; t++) {
        losses[from + t] = program.losses().get(t);
      }
      from += time;
    }
    program.resetState();
    return losses;
  }

  private static Batch part(Batch text, int from, int time) {
    Batch part = Batch.allocate(1, time);
    System.arraycopy(text.tokens(), from, part.tokens(), 0, time);
    System.arraycopy(text.targets(), from, part.targets(), 0, time);
    System.arraycopy(text.documentStarts(), from, part.documentStarts(), 0, time);
    return part;
  }

  /** The error of a second half that follows a first one, against the second half alone. */
  private static double apart(Program program, Batch text, int[] windows) {
    int half = TIME / 2;
    Batch joined = part(text, 0, TIME);
    joined.documentStarts()[half] = true;
    program.resetState();
    program.evaluate(part(joined, half, TIME - half), windows);
    double[] alone = new double[TIME - half];
    Arrays.setAll(alone, t -> program.losses().get(t));
    double[] both = walk(program, joined, windows, TIME);
    return error(alone, Arrays.copyOfRange(both, half, TIME));
  }

  static double error(double[] expected, double[] actual) {
    double largest = 0;
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      error = Math.max(error, Math.abs(expected[i] - actual[i])); // NaN stays
    }
    return error / largest;
  }
}
