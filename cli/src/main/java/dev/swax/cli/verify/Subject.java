package dev.swax.cli.verify;

import dev.swax.compiler.Compiler;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.runtime.program.Batch;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A model under test: its meaning and its program.
 *
 * @param windows small ones, so that their borders lie inside short texts
 */
@SuppressWarnings("ArrayRecordComponent")
record Subject(Architecture model, Lowering lowering, CompiledModel program, int[] windows) {
  private static final int WINDOW = 7;

  static Subject of(Architecture model, OptimizerSettings optimizer) {
    Lowering lowering = Lowering.of(model);
    int[] windows = new int[model.windows().size()];
    Arrays.setAll(windows, i -> WINDOW + i);
    return new Subject(model, lowering, Compiler.generate(lowering.plan(), optimizer), windows);
  }

  /** The longest sum in the model: a row of weights, or a text. */
  int terms(int time) {
    int widest = Math.max(model.width(), model.vocabulary());
    for (var kind : lowering.ir().kinds()) {
      for (var parameter : kind.parameters()) {
        widest = Math.max(widest, parameter.rows());
      }
    }
    return widest + time;
  }

  /** Layers, embedding and head. */
  int stages() {
    return model.layers().size() + 2;
  }

  /** Whether a document may begin within a sequence. */
  boolean mayJoinTexts() {
    return model.options().meta() == 0;
  }

  /** Random tokens; documents begin at random places where wanted, and at the first token. */
  Batch batch(SplittableRandom random, int sequences, int time, boolean documents) {
    Batch batch = Batch.allocate(sequences, time);
    for (int row = 0; row < sequences * time; row++) {
      batch.tokens()[row] = random.nextInt(model.vocabulary());
      batch.targets()[row] = random.nextInt(model.vocabulary());
      batch.documentStarts()[row] =
          documents && (row % time == 0 || (mayJoinTexts() && random.nextInt(16) == 0));
    }
    return batch;
  }
}
