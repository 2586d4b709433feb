import dev.swax.runtime.data.Caching;
import dev.swax.runtime.data.Corpus;
import dev.swax.runtime.data.DocumentBorders;
import dev.swax.runtime.data.LoadListener;
import dev.swax.runtime.data.TextLoader;
import dev.swax.runtime.data.TextSource;
import dev.swax.runtime.data.TrainingSequences;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.token.ByteTokenizer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * CPU time to hand out the sequences of a step, 8 of 512 bytes, from memory and from a cache:
 * {@code Steps WORK}, where `measure.py` has made the text.
 */
final class Steps {
  private static final int ROUNDS = 6;
  private static final int STEPS = 2000;
  private static final int SEQUENCES = 8;
  private static final int TIME = 512;

  private Steps() {}

  public static void main(String[] arguments) {
    Path work = Path.of(arguments[0]);
    Map<String, String> places = Map.of("SWAX_CACHE", work.resolve("cache").toString());
    Caching caching = Caching.of(places, work, LoadListener.NONE);
    Corpus memory = corpus(new TextLoader(work), "files/*.txt");
    Corpus cached = corpus(new TextLoader(work, caching), "lines.jsonl");
    for (int round = 0; round < ROUNDS; round++) {
      System.out.printf(
          Locale.ROOT,
          "steps %,d to %,d: %.1f us each from memory, %.1f us from the cache%n",
          round * STEPS, (round + 1) * STEPS, microseconds(memory, round), microseconds(cached, round));
    }
  }

  private static Corpus corpus(TextLoader loader, String files) {
    return loader.load(new TextSource(List.of(files), List.of(), 0.05), ByteTokenizer.BYTES).training();
  }

  private static double microseconds(Corpus corpus, int round) {
    var sequences = new TrainingSequences(corpus, TIME, DocumentBorders.RESET, 1);
    sequences.seek((long) round * STEPS * SEQUENCES);
    Batch batch = Batch.allocate(SEQUENCES, TIME);
    var clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime();
    for (int step = 0; step < STEPS; step++) {
      sequences.next(batch);
    }
    return (clock.getCurrentThreadCpuTime() - start) / 1e3 / STEPS;
  }
}
