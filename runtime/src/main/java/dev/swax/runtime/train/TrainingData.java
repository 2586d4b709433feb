package dev.swax.runtime.train;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Corpus;
import dev.swax.runtime.data.Hashes;
import dev.swax.runtime.data.Sequences;
import dev.swax.runtime.data.Split;
import dev.swax.runtime.data.TrainingSequences;
import dev.swax.runtime.task.Task;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** What a training reads, and what it is validated on. */
public sealed interface TrainingData {
  /** The sequences of a run, from the first. */
  Sequences sequences(Recipe recipe);

  /** SHA-256 in hexadecimal of all that decides the sequences and the validation, by name. */
  SequencedMap<String, String> hashes();

  /** Those of them that decide the trained weights. */
  SequencedMap<String, String> trainingHashes();

  /** In words, for the first line of a run. */
  String describe();

  /** The most tokens that validation reads in a row. */
  long longest();

  /** Text from files. */
  record Text(Split split) implements TrainingData {
    @Override
    public Sequences sequences(Recipe recipe) {
      return new TrainingSequences(
          split.training(), recipe.sequence(), recipe.borders(), recipe.seed());
    }

    @Override
    public SequencedMap<String, String> hashes() {
      SequencedMap<String, String> hashes = trainingHashes();
      hashes.put("data.validation", split.validation().hash());
      return hashes;
    }

    @Override
    public SequencedMap<String, String> trainingHashes() {
      SequencedMap<String, String> hashes = new LinkedHashMap<>();
      hashes.put("data.training", split.training().hash());
      return hashes;
    }

    @Override
    public String describe() {
      Corpus training = split.training();
      return "%,d bytes of %,d files".formatted(training.tokens(), training.documents().size());
    }

    @Override
    public long longest() {
      return split.validation().documents().stream().mapToInt(d -> d.length()).max().orElse(1);
    }
  }

  /**
   * Examples of a task, made as they are needed.
   *
   * @param count how many different ones, used again and again; 0 for always new ones, or for all
   *     that the task has
   */
  record Examples(Task task, int count, ExampleLoss loss) implements TrainingData {
    public Examples {
      if (count > task.size()) {
        throw new UserError(
            "`examples` is %,d, but %s has %,d".formatted(count, task.describe(), task.size()),
            "leave `examples` out to use all of them");
      }
      if (count == 0 && task.size() != Task.ENDLESS) {
        count = Math.toIntExact(task.size());
      }
    }

    @Override
    public Sequences sequences(Recipe recipe) {
      return new TaskSequences(this, recipe.sequence(), recipe.seed());
    }

    @Override
    public SequencedMap<String, String> hashes() {
      String text = "%s, examples %d, loss %s".formatted(task.describe(), count, loss.text());
      byte[] digest = Hashes.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
      SequencedMap<String, String> hashes = new LinkedHashMap<>();
      hashes.put("data.task", HexFormat.of().formatHex(digest));
      return hashes;
    }

    @Override
    public SequencedMap<String, String> trainingHashes() {
      return hashes();
    }

    @Override
    public String describe() {
      return count == 0 ? task.describe() : "%,d examples of %s".formatted(count, task.describe());
    }

    @Override
    public long longest() {
      return task.length();
    }
  }
}
