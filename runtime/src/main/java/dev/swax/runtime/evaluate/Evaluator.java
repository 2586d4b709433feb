package dev.swax.runtime.evaluate;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Corpus;
import dev.swax.runtime.data.Document;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.rank.Ranks;
import dev.swax.runtime.rank.SingleProcess;
import dev.swax.runtime.token.Tokenizer;
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
    List<Document> documents = List.copyOf(text.documents());
    if (documents.stream().noneMatch(document -> document.length() > 1)) {
      throw new UserError(
          "the text to evaluate has nothing to predict: no file has more than one token", null);
    }
    int[] order = byLength(documents);
    var divided = new Divided(ranks);
    double[] sums = new double[documents.size()];
    long[] counts = new long[documents.size()];
    Optional<List<long[]>> results =
        divided.compute(
            ranks.size(),
            share -> read(documents, share(order, (int) share), windows, stop, progress));
    if (results.isEmpty()) {
      return Optional.empty();
    }
    for (long[] result : results.get()) {
      sums[(int) result[0]] = Double.longBitsToDouble(result[1]);
      counts[(int) result[0]] = result[2];
    }
    requireFinite(documents, sums);
    return Optional.of(Score.of(parts(text.tokenizer(), documents, sums, counts)));
  }

  /** Every so many-th document, so that each process reads about as many tokens. */
  private int[] share(int[] order, int rank) {
    return IntStream.range(0, order.length)
        .filter(i -> i % ranks.size() == rank)
        .map(i -> order[i])
        .toArray();
  }

  /** Of each document its place, the bits of its summed loss and the number of its targets. */
  private Optional<List<long[]>> read(
      List<Document> documents,
      int[] order,
      int[] windows,
      BooleanSupplier stop,
      LongConsumer progress) {
    double[] sums = new double[order.length];
    long[] counts = new long[order.length];
    long[] predicted = {0};
    var reader = new SequenceReader(program, windows, stop);
    boolean whole =
        reader.read(
            Arrays.stream(order).mapToObj(i -> Sequence.of(documents.get(i))).toList(),
            (sequence, position, row) -> {
              sums[sequence] += reader.loss(row);
              counts[sequence]++;
              predicted[0]++;
              if (predicted[0] % TOLD_EVERY == 0) {
                progress.accept(predicted[0] * ranks.size());
              }
            });
    List<long[]> results = new ArrayList<>();
    for (int i = 0; i < order.length; i++) {
      results.add(new long[] {order[i], Double.doubleToRawLongBits(sums[i]), counts[i]});
    }
    return whole ? Optional.of(results) : Optional.empty();
  }

  private static void requireFinite(List<Document> documents, double[] sums) {
    for (int i = 0; i < sums.length; i++) {
      if (!Double.isFinite(sums[i])) {
        throw new UserError(
            "the model's loss on `%s` is %s".formatted(documents.get(i).name(), sums[i]), null);
      }
    }
  }

  /** The longest first: what is read together should have about one length. */
  private static int[] byLength(List<Document> documents) {
    return IntStream.range(0, documents.size())
        .boxed()
        .sorted(Comparator.comparingInt(i -> -documents.get(i).length()))
        .mapToInt(i -> i)
        .toArray();
  }

  private static List<Score.Part> parts(
      Tokenizer tokenizer, List<Document> documents, double[] sums, long[] counts) {
    return IntStream.range(0, sums.length)
        .mapToObj(i -> new Score.Part(sums[i], counts[i], predicted(tokenizer, documents.get(i))))
        .toList();
  }

  /** Bytes of the text that is predicted: of all of it but the first token. */
  private static long predicted(Tokenizer tokenizer, Document document) {
    return tokenizer.size(document.tokens()) - tokenizer.size(document.tokens().first(1));
  }
}
