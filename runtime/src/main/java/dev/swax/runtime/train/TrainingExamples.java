package dev.swax.runtime.train;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Packing;
import dev.swax.runtime.data.Sequences;
import dev.swax.runtime.schedule.Moment;
import dev.swax.runtime.task.Purpose;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.task.TaskLengths;
import dev.swax.runtime.token.Tokenizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Examples of a task, made or read as they are needed. Each purpose has its {@link Task#part}.
 *
 * @param tokenizer between the task's texts and its tokens
 * @param count how many different ones are trained on, used again and again; 0 for always new ones,
 *     or for all that the task has
 * @param earlier what is trained on before, in its order; only {@code task} validates
 * @param packing whether a sequence holds as many as fit, each from the empty state, or one
 */
public record TrainingExamples(
    Task task,
    Tokenizer tokenizer,
    int count,
    ExampleLoss loss,
    List<Earlier> earlier,
    Packing packing)
    implements TrainingData {
  /** A task that is trained on until then. */
  public record Earlier(Moment until, Task task) {
    private String describe() {
      return "%s until %s then ".formatted(task.describe(), until.describe());
    }
  }

  public TrainingExamples {
    earlier = List.copyOf(earlier);
  }

  /** One task from the beginning to the end, one example a sequence. */
  public TrainingExamples(Task task, Tokenizer tokenizer, int count, ExampleLoss loss) {
    this(task, tokenizer, count, loss, List.of(), Packing.JOINED);
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
    return new ExampleChecks(count, sequence).obstacle(tasks());
  }

  @Override
  public Sequences sequences(Recipe recipe) {
    return new TaskSequences(this, recipe.sequence(), recipe.seed(), Pace.of(recipe));
  }

  @Override
  public SequencedMap<String, String> hashes() {
    String text =
        "%s, examples %s, loss %s".formatted(before() + task.describe(), count, loss.text());
    SequencedMap<String, String> hashes = DataHashes.of(tokenizer);
    hashes.put("data.task", RunFiles.hash(text));
    hashes.putAll(DataHashes.of(packing));
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
