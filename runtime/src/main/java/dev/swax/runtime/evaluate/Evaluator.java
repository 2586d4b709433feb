package dev.swax.runtime.evaluate;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Corpus;
import dev.swax.runtime.data.Document;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Program;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Loss of a model on documents of any length. A document is walked from its first token to its last
 * in segments of the program's length, its state carried from one to the next, so memory does not
 * depend on its length. Documents do not see each other; the first token of each is not predicted.
 */
public final class Evaluator {
  private final Program program;
  private final Batch batch;

  public Evaluator(Program program) {
    this.program = program;
    this.batch = Batch.allocate(program.batch(), program.time());
  }

  /** The score on all of the text. */
  public Score score(Corpus text, int[] windows) {
    return score(text, windows, () -> false).orElseThrow();
  }

  /**
   * The score on all of the text, or nothing if {@code stop} became true on the way.
   *
   * @param windows of every window of the model, in the order of {@link Program#windowNames}
   */
  public Optional<Score> score(Corpus text, int[] windows, BooleanSupplier stop) {
    List<Document> documents = text.documents();
    if (documents.stream().noneMatch(document -> document.length() > 1)) {
      throw new UserError(
          "the text to evaluate has nothing to predict: no file has more than one token", null);
    }
    List<Lane> lanes = lanes(documents);
    int[] owners = new int[batch.batch() * batch.time()];
    double[] sums = new double[documents.size()];
    long[] counts = new long[documents.size()];
    program.resetState();
    while (!lanes.stream().allMatch(Lane::isDone)) {
      if (stop.getAsBoolean()) {
        return Optional.empty();
      }
      for (int row = 0; row < lanes.size(); row++) {
        lanes.get(row).fill(documents, batch, row, owners);
      }
      program.evaluate(batch, windows);
      Lane.collect(program.losses(), owners, sums, counts);
    }
    program.resetState();
    return Optional.of(
        Score.of(
            IntStream.range(0, sums.length)
                .mapToObj(i -> new Score.Part(sums[i], counts[i]))
                .toList()));
  }

  /** Spreads documents over the rows of the batch, the longest first, each to the emptiest row. */
  private List<Lane> lanes(List<Document> documents) {
    List<Lane> lanes = new ArrayList<>();
    for (int row = 0; row < batch.batch(); row++) {
      lanes.add(new Lane());
    }
    IntStream.range(0, documents.size())
        .boxed()
        .sorted(Comparator.comparingInt(i -> -documents.get(i).length()))
        .forEachOrdered(i -> {
          Lane emptiest = lanes.getFirst();
          for (Lane lane : lanes) {
            emptiest = lane.tokens() < emptiest.tokens() ? lane : emptiest;
          }
          emptiest.add(i, documents.get(i).length());
        });
    return lanes;
  }
}
