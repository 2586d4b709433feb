package dev.swax.grid.plan;

import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.model.grid.GridMeasure;
import dev.swax.runtime.UserError;
import dev.swax.runtime.evaluate.Selection;
import dev.swax.runtime.task.Purpose;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.task.TaskLengths;
import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.Tokenizer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What the measures of a grid ask, whatever the model. Files are read once for each. */
final class Questions {
  /** Lengths do not depend on the seed. */
  private static final long ANY_SEED = Purpose.TEST.seed(1);

  private final Contents contents;
  private final SequencedMap<GridMeasure, SequencedMap<String, Bound>> known =
      new LinkedHashMap<>();

  Questions(Contents contents) {
    this.contents = contents;
  }

  /**
   * A measure.
   *
   * @param lines of its identity
   * @param tokens that a model reads and writes for it; 0 where that is not known
   * @param length of what it reads in a row; 0 where that is as long as in training
   * @param vocabulary that a model must know
   * @param obstacle why it cannot be asked here, or null
   */
  record Asked(
      SequencedMap<String, String> lines,
      long tokens,
      int length,
      int vocabulary,
      @Nullable String obstacle) {
    Asked {
      lines = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(lines));
    }
  }

  /** A measure in the tokens of a model, and what it asks. */
  record Bound(GridMeasure measure, Asked asked) {}

  /** A measure of a model that is trained on {@code data}, or on nothing. */
  Bound bound(GridMeasure measure, @Nullable DataPlan data) {
    Tokenizer tokenizer = data == null ? ByteTokenizer.BYTES : data.tokenizer();
    SequencedMap<String, Bound> bound = known.computeIfAbsent(measure, _ -> new LinkedHashMap<>());
    return bound.computeIfAbsent(tokenizer.describe(), _ -> bind(measure, tokenizer));
  }

  private Bound bind(GridMeasure measure, Tokenizer tokenizer) {
    try {
      GridMeasure own = measure.withTokenizer(tokenizer);
      return new Bound(own, asked(own));
    } catch (UserError e) {
      Asked asked = asked(measure);
      String obstacle = String.valueOf(e.getMessage());
      return new Bound(measure, new Asked(asked.lines(), 0, 0, tokenizer.vocabulary(), obstacle));
    }
  }

  private Asked asked(GridMeasure measure) {
    return switch (measure) {
      case GridMeasure.Perplexity perplexity -> perplexity(perplexity);
      case GridMeasure.Score(Task task, long examples, var _) -> score(task, examples);
    };
  }

  private Asked score(Task task, long examples) {
    SequencedMap<String, String> lines = new LinkedHashMap<>();
    lines.put("measure", "score");
    lines.put("task", task.describe());
    Optional<UserError> obstacle = task.obstacle();
    long count = obstacle.isPresent() ? examples : Math.min(examples, task.size());
    lines.put("examples", Long.toString(count));
    return obstacle
        .map(error -> new Asked(lines, 0, 0, task.vocabulary(), String.valueOf(error.getMessage())))
        .orElseGet(() ->
            new Asked(
                lines,
                TaskLengths.total(task, ANY_SEED, count),
                TaskLengths.longest(task, ANY_SEED, count),
                task.vocabulary(),
                null));
  }

  private static @Nullable String obstacle(Selection selection, int longest) {
    return selection.at().from() < longest
        ? null
        : "no token of the validation text is within `%s`; its longest document has %d tokens"
            .formatted(selection.describe(), longest);
  }

  private Asked perplexity(GridMeasure.Perplexity measure) {
    long most = measure.tokens();
    SequencedMap<String, String> lines = new LinkedHashMap<>();
    lines.put("measure", "perplexity");
    lines.put("tokens", most == 0 ? "all" : Long.toString(most));
    Selection selection = measure.selection();
    if (!selection.equals(Selection.ALL)) {
      lines.put("selection", selection.describe());
    }
    int vocabulary = measure.data().vocabulary();
    return switch (contents.of(measure.data())) {
      case Content.Read read -> {
        lines.put("text", read.validation());
        long all = read.validationTokens();
        long tokens = most == 0 ? all : Math.min(most, all);
        yield new Asked(lines, tokens, 0, vocabulary, obstacle(selection, read.longest()));
      }
      case Content.Absent(String reason) -> {
        lines.put("text", new Canonical().text(measure.data().source()));
        yield new Asked(lines, most, 0, vocabulary, reason);
      }
    };
  }
}
