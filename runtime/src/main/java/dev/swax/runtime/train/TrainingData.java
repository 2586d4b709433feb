package dev.swax.runtime.train;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Corpus;
import dev.swax.runtime.data.MixedSequences;
import dev.swax.runtime.data.Notice;
import dev.swax.runtime.data.PackedSequences;
import dev.swax.runtime.data.Packing;
import dev.swax.runtime.data.Sequences;
import dev.swax.runtime.data.Split;
import dev.swax.runtime.data.TrainingSequences;
import dev.swax.runtime.schedule.Moment;
import dev.swax.runtime.schedule.Share;
import dev.swax.runtime.task.Purpose;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.task.TaskLengths;
import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.Tokenizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a training reads, and what it is validated on. */
public sealed interface TrainingData {
  /** The name of the hash of validation text, which does not decide the weights. */
  String VALIDATION = "data.validation";

  /** The name of the hash of the tokenizer; bytes have none. */
  String TOKENIZER = "data.tokenizer";

  /** The sequences of a run, from the first. */
  Sequences sequences(Recipe recipe);

  /** SHA-256 in hexadecimal of all that decides the sequences and the validation, by name. */
  SequencedMap<String, String> hashes();

  /** The hash of a tokenizer, or nothing where every byte is a token. */
  static SequencedMap<String, String> hashOf(Tokenizer tokenizer) {
    SequencedMap<String, String> hashes = new LinkedHashMap<>();
    if (!tokenizer.equals(ByteTokenizer.BYTES)) {
      hashes.put(TOKENIZER, RunFiles.hash(tokenizer.describe()));
    }
    return hashes;
  }

  /** The hash of how documents become sequences, or nothing where they are joined. */
  static SequencedMap<String, String> hashOf(Packing packing) {
    SequencedMap<String, String> hashes = new LinkedHashMap<>();
    if (packing != Packing.JOINED) {
      hashes.put("data.packing", RunFiles.hash(packing.text()));
    }
    return hashes;
  }

  /** Between text and what the model reads. */
  Tokenizer tokenizer();

  /** Those of them that decide the trained weights. */
  SequencedMap<String, String> trainingHashes();

  /** Why a run with sequences of so many tokens cannot be; empty where it can. */
  default Optional<UserError> obstacle(int sequence) {
    return Optional.empty();
  }

  /** In words, for the first line of a run. */
  String describe();

  /** What should be known of it before it is used. */
  default List<Notice> notices() {
    return List.of();
  }

  /** The most tokens that validation reads in a row. */
  long longest();

  /** Text from files. */
  record Text(Split split, Packing packing) implements TrainingData {
    /** Joined. */
    public Text(Split split) {
      this(split, Packing.JOINED);
    }

    @Override
    public Sequences sequences(Recipe recipe) {
      Corpus text = split.training();
      return switch (packing) {
        case JOINED ->
            new TrainingSequences(text, recipe.sequence(), recipe.borders(), recipe.seed());
        case WHOLE -> new PackedSequences(text, recipe.sequence(), recipe.borders(), recipe.seed());
      };
    }

    @Override
    public SequencedMap<String, String> hashes() {
      SequencedMap<String, String> hashes = trainingHashes();
      hashes.put(VALIDATION, split.validation().hash());
      return hashes;
    }

    @Override
    public SequencedMap<String, String> trainingHashes() {
      SequencedMap<String, String> hashes = TrainingData.hashOf(split.training().tokenizer());
      hashes.put("data.training", split.training().hash());
      hashes.putAll(TrainingData.hashOf(packing));
      return hashes;
    }

    @Override
    public Optional<UserError> obstacle(int sequence) {
      Optional<UserError> tooShort =
          switch (packing) {
            case JOINED -> TrainingSequences.obstacle(split.training(), sequence);
            case WHOLE -> PackedSequences.obstacle(split.training(), sequence);
          };
      return tooShort.or(this::unpredictable);
    }

    @Override
    public Tokenizer tokenizer() {
      return split.training().tokenizer();
    }

    private Optional<UserError> unpredictable() {
      return longest() > 1
          ? Optional.empty()
          : Optional.of(
              new UserError(
                  "no file of the validation text has 2 %s or more, so there is nothing to predict"
                      .formatted(split.validation().tokenizer().unit()),
                  "hold out more, or name other files in `validation`"));
    }

    @Override
    public List<Notice> notices() {
      return split.notices();
    }

    @Override
    public String describe() {
      Corpus training = split.training();
      return String.format(
          Locale.ROOT,
          "%,d %s of %,d %s",
          training.tokens(),
          training.tokenizer().unit(),
          training.size(),
          training.unit());
    }

    @Override
    public long longest() {
      return split.validation().longest();
    }
  }

  /**
   * Examples of a task, made or read as they are needed. Each purpose has its {@link Task#part}.
   *
   * @param tokenizer between the task's texts and its tokens
   * @param count how many different ones are trained on, used again and again; 0 for always new
   *     ones, or for all that the task has
   * @param earlier what is trained on before, in its order; only {@code task} validates
   */
  record Examples(
      Task task, Tokenizer tokenizer, int count, ExampleLoss loss, List<Earlier> earlier)
      implements TrainingData {
    /** A task that is trained on until then. */
    public record Earlier(Moment until, Task task) {
      private String describe() {
        return "%s until %s then ".formatted(task.describe(), until.describe());
      }
    }

    public Examples {
      earlier = List.copyOf(earlier);
    }

    /** One task from the beginning to the end. */
    public Examples(Task task, Tokenizer tokenizer, int count, ExampleLoss loss) {
      this(task, tokenizer, count, loss, List.of());
    }

    /** Which of {@link #tasks} is trained on at a step, counted from 0. */
    int at(long step, long steps) {
      int stage = 0;
      while (stage < earlier.size() && step >= earlier.get(stage).until().steps(steps)) {
        stage++;
      }
      return stage;
    }

    /** All tasks that it has, in the order of training. */
    public List<Task> tasks() {
      return Stream.concat(earlier.stream().map(Earlier::task), Stream.of(task)).toList();
    }

    public Task training() {
      return task.part(Purpose.TRAINING);
    }

    public Task validation() {
      return task.part(Purpose.VALIDATION);
    }

    /** What a model that was trained on these examples is scored on. */
    public Task test() {
      return task.part(Purpose.TEST);
    }

    /** How many different ones of a task are trained on; 0 for always new ones. */
    int different(Task training) {
      long size = training.size();
      return count == 0 && size != Task.ENDLESS ? Math.toIntExact(size) : count;
    }

    @Override
    public Optional<UserError> obstacle(int sequence) {
      return tasks().stream().flatMap(each -> obstacle(each, sequence).stream()).findFirst();
    }

    private Optional<UserError> obstacle(Task task, int sequence) {
      try {
        return task.obstacle()
            .or(() -> task.part(Purpose.TRAINING).obstacle())
            .or(() -> withoutLength(task))
            .or(() -> tooMany(task.part(Purpose.TRAINING)))
            .or(() -> tooLong(task, sequence));
      } catch (UserError e) { // an example that the tokenizer does not know
        return Optional.of(e);
      }
    }

    private static Optional<UserError> withoutLength(Task task) {
      return task.length() > 0 || task.size() != Task.ENDLESS
          ? Optional.empty()
          : Optional.of(
              new UserError(
                  "an example of %s may be longer than any sequence".formatted(task.describe()),
                  "give the task a `length`"));
    }

    private Optional<UserError> tooMany(Task training) {
      return count <= training.size()
          ? Optional.empty()
          : Optional.of(
              new UserError(
                  String.format(
                      Locale.ROOT,
                      "`examples` is %,d, but %s has %,d",
                      count,
                      training.describe(),
                      training.size()),
                  "leave `examples` out to use all of them"));
    }

    /**
     * Records are as long as they come, and all are known; of those that are made, one is tried.
     */
    private static Optional<UserError> tooLong(Task task, int sequence) {
      int longest =
          task.size() == Task.ENDLESS
              ? task.example(0, 0).tokens().length
              : TaskLengths.longestExample(task, 0);
      return longest <= sequence
          ? Optional.empty()
          : Optional.of(
              new UserError(
                  String.format(
                      Locale.ROOT,
                      "the longest example of %s has %,d tokens, but a sequence has %,d",
                      task.describe(),
                      longest,
                      sequence),
                  "`seq = %d tok`".formatted(longest)));
    }

    @Override
    public Sequences sequences(Recipe recipe) {
      return new TaskSequences(this, recipe.sequence(), recipe.seed(), Pace.of(recipe));
    }

    @Override
    public SequencedMap<String, String> hashes() {
      String text =
          "%s, examples %s, loss %s".formatted(before() + task.describe(), count, loss.text());
      SequencedMap<String, String> hashes = TrainingData.hashOf(tokenizer);
      hashes.put("data.task", RunFiles.hash(text));
      return hashes;
    }

    @Override
    public SequencedMap<String, String> trainingHashes() {
      return hashes();
    }

    @Override
    public String describe() {
      int different = different(training());
      return before()
          + (different == 0
              ? task.describe()
              : String.format(Locale.ROOT, "%,d examples of %s", different, training().describe()));
    }

    private String before() {
      return earlier.stream().map(Earlier::describe).collect(Collectors.joining());
    }

    @Override
    public long longest() {
      return task.size() == Task.ENDLESS
          ? task.length()
          : TaskLengths.longestExample(validation(), 0);
    }
  }

  /** Several of them by shares, each with a position of its own. */
  record Mixture(List<Part> parts) implements TrainingData {
    /** One source. */
    public record Part(String name, TrainingData data, Share share) {}

    public Mixture {
      parts = List.copyOf(parts);
    }

    @Override
    public Sequences sequences(Recipe recipe) {
      Pace pace = Pace.of(recipe);
      return new MixedSequences(
          parts.stream().map(Part::name).toList(),
          parts.stream().map(part -> part.data().sequences(recipe)).toList(),
          (source, n) -> parts.get(source).share().at(pace.step(n), pace.steps()),
          recipe.sequence());
    }

    @Override
    public SequencedMap<String, String> hashes() {
      return hashes(TrainingData::hashes);
    }

    @Override
    public SequencedMap<String, String> trainingHashes() {
      return hashes(TrainingData::trainingHashes);
    }

    private SequencedMap<String, String> hashes(
        Function<TrainingData, SequencedMap<String, String>> ofPart) {
      SequencedMap<String, String> hashes = TrainingData.hashOf(tokenizer());
      String shares =
          parts.stream()
              .map(part -> part.name() + " " + part.share().describe())
              .collect(Collectors.joining(", "));
      hashes.put("data.mix", RunFiles.hash(shares));
      for (Part part : parts) {
        ofPart.apply(part.data()).forEach((key, hash) -> hashes.put(part.name() + "." + key, hash));
      }
      return hashes;
    }

    /** That of the first text, or that of all tasks. */
    @Override
    public Tokenizer tokenizer() {
      return parts.stream()
          .map(Part::data)
          .filter(Text.class::isInstance)
          .findFirst()
          .orElse(parts.getFirst().data())
          .tokenizer();
    }

    @Override
    public Optional<UserError> obstacle(int sequence) {
      return parts.stream().flatMap(part -> part.data().obstacle(sequence).stream()).findFirst();
    }

    @Override
    public List<Notice> notices() {
      return parts.stream().flatMap(part -> part.data().notices().stream()).toList();
    }

    @Override
    public String describe() {
      return parts.stream()
          .map(part ->
              "%s of %s (%s)"
                  .formatted(part.share().describe(), part.name(), part.data().describe()))
          .collect(Collectors.joining(", "));
    }

    @Override
    public long longest() {
      return parts.stream().mapToLong(part -> part.data().longest()).max().orElse(0);
    }
  }
}
