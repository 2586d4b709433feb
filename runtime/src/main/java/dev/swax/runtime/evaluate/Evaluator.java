package dev.swax.runtime.evaluate;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Corpus;
import dev.swax.runtime.data.Document;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.rank.Ranks;
import dev.swax.runtime.rank.SingleProcess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Loss of a model on documents of any length. A document is read from its first token to its last;
 * memory does not depend on its length. Documents do not see each other, and what one of them adds
 * has the same bits whatever the others are; the first token of each is not predicted.
 */
public final class Evaluator {
  private static final int TOLD_EVERY = 64;

  private final Program program;
  private final Ranks ranks;

  public Evaluator(Program program) {
    this(program, new SingleProcess());
  }

  /** One that shares the documents with other processes, each of which gets the whole score. */
  public Evaluator(Program program, Ranks ranks) {
    this.program = program;
    this.ranks = ranks;
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
    return score(text, windows, stop, _ -> {});
  }

  /**
   * The same.
   *
   * @param progress told how many tokens are predicted, again and again
   */
  public Optional<Score> score(
      Corpus text, int[] windows, BooleanSupplier stop, LongConsumer progress) {
    return score(text, Selection.ALL, windows, stop, progress);
  }

  /** The score on those tokens of the text that are selected. */
  public Optional<Score> score(
      Corpus text,
      Selection selection,
      int[] windows,
      BooleanSupplier stop,
      LongConsumer progress) {
    List<Document> documents = List.copyOf(text.documents());
    if (documents.stream().noneMatch(document -> document.length() > 1)) {
      throw new UserError(
          "the text to evaluate has nothing to predict: no file has more than one token", null);
    }
    int[] order = byLength(documents, selection);
    Optional<List<long[]>> results =
        new Divided(ranks)
            .compute(
                ranks.size(),
                rank -> {
                  int[] places = share(order, (int) rank);
                  List<ScoredDocument> own =
                      Arrays.stream(places)
                          .mapToObj(i -> selection.of(documents.get(i), text.tokenizer()))
                          .toList();
                  return read(own, places, windows, stop, progress);
                });
    return results.map(found -> {
      List<Score.Part> parts = parts(found, documents);
      requireSome(parts, text, selection);
      return Score.of(parts);
    });
  }

  /** In the order of the documents; those that were not read have nothing. */
  private static List<Score.Part> parts(List<long[]> results, List<Document> documents) {
    Score.Part[] parts = new Score.Part[documents.size()];
    Arrays.fill(parts, new Score.Part(0, 0, 0));
    for (long[] result : results) {
      double sum = Double.longBitsToDouble(result[1]);
      parts[(int) result[0]] = new Score.Part(sum, result[2], result[3]);
    }
    for (int i = 0; i < parts.length; i++) {
      requireFinite(documents.get(i), parts[i].sum());
    }
    return List.of(parts);
  }

  /** Every so many-th document, so that each process reads about as many tokens. */
  private int[] share(int[] order, int rank) {
    return IntStream.range(0, order.length)
        .filter(i -> i % ranks.size() == rank)
        .map(i -> order[i])
        .toArray();
  }

  /** Of each document its place, the bits of its summed loss, and its targets and their bytes. */
  private Optional<List<long[]>> read(
      List<ScoredDocument> documents,
      int[] places,
      int[] windows,
      BooleanSupplier stop,
      LongConsumer progress) {
    double[] sums = new double[places.length];
    long[] counts = new long[places.length];
    long[] predicted = {0};
    var reader = new SequenceReader(program, windows, stop);
    boolean whole =
        reader.read(
            documents,
            (sequence, position, row) -> {
              sums[sequence] += reader.loss(row);
              counts[sequence]++;
              predicted[0]++;
              if (predicted[0] % TOLD_EVERY == 0) {
                progress.accept(predicted[0] * ranks.size());
              }
            });
    List<long[]> results = new ArrayList<>();
    for (int i = 0; whole && i < places.length; i++) {
      long bytes = documents.get(i).bytes();
      results.add(new long[] {places[i], Double.doubleToRawLongBits(sums[i]), counts[i], bytes});
    }
    return whole ? Optional.of(results) : Optional.empty();
  }

  private static void requireFinite(Document document, double sum) {
    if (!Double.isFinite(sum)) {
      throw new UserError("the model's loss on `%s` is %s".formatted(document.name(), sum), null);
    }
  }

  private static void requireSome(List<Score.Part> parts, Corpus text, Selection selection) {
    if (parts.stream().allMatch(part -> part.tokens() == 0)) {
      throw new UserError(
          "no token of the text is within `%s`; the longest of its %d %s has %d tokens"
              .formatted(selection.describe(), parts.size(), text.unit(), text.longest()),
          null);
    }
  }

  /** Those with something to score, the longest first: what is read together is about as long. */
  private static int[] byLength(List<Document> documents, Selection selection) {
    return IntStream.range(0, documents.size())
        .filter(i -> selection.reaches(documents.get(i)))
        .boxed()
        .sorted(Comparator.comparingInt(i -> -documents.get(i).length()))
        .mapToInt(i -> i)
        .toArray();
  }
}
