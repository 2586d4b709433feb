package dev.swax.runtime.task.text.needle;

import dev.swax.runtime.UserError;
import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.task.Decoding;
import dev.swax.runtime.task.GenerationTask;
import dev.swax.runtime.task.Question;
import dev.swax.runtime.task.text.Background;
import dev.swax.runtime.task.text.LongestFit;
import dev.swax.runtime.task.text.StringMatch;
import dev.swax.runtime.token.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One of the eight. Keys, values and queries of a question do not depend on the length, so the same
 * questions are asked at every length.
 */
public final class NeedleTask implements GenerationTask {
  private final NeedleKind kind;
  private final int length;
  private final NeedleOptions options;
  private final Background background;
  private final Tokenizer tokenizer;
  private final int room;

  public NeedleTask(
      NeedleKind kind,
      int length,
      NeedleOptions options,
      Background background,
      Tokenizer tokenizer) {
    this.kind = kind;
    this.length = length;
    this.options = options;
    this.background = background;
    this.tokenizer = tokenizer;
    this.room = room(kind, options);
    if (length < least()) {
      throw tooShort();
    }
  }

  /**
   * Tokens kept for the answer: what is asked for, or the answer's bytes where these are more. No
   * tokenizer makes more tokens of a text than it has bytes.
   */
  static int room(NeedleKind kind, NeedleOptions options) {
    String value = kind.value().longest(options.digits());
    String answer = answer(Collections.nCopies(kind.answers(), value));
    return Math.max(options.room(), answer.getBytes(StandardCharsets.UTF_8).length);
  }

  /** The tokens that every question of the kind fits into, with room for its answer. */
  static int least(NeedleKind kind, NeedleOptions options, Tokenizer tokenizer) {
    Needles longest = Needles.longest(kind, options);
    String text = Hiding.shortest(kind, longest.sentences());
    String prompt = options.frame().prompt(kind, longest.queries(), text);
    return tokenizer.prompt(prompt).length + room(kind, options);
  }

  int least() {
    return least(kind, options, tokenizer);
  }

  public NeedleKind kind() {
    return kind;
  }

  @Override
  public String describe() {
    return "niah(kind: %s, length: %s tok, %s, text: %s)"
        .formatted(kind.id(), length, options.describe(), background.describe());
  }

  @Override
  public int vocabulary() {
    return tokenizer.vocabulary();
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public NeedleTask atLength(int length) {
    return new NeedleTask(kind, length, options, background, tokenizer);
  }

  @Override
  public NeedleTask withTokenizer(Tokenizer other) {
    return new NeedleTask(kind, length, options, background, other);
  }

  @Override
  public long size() {
    return ENDLESS;
  }

  @Override
  public List<String> files() {
    return background.files();
  }

  @Override
  public Optional<UserError> obstacle() {
    return background.obstacle();
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public Decoding decoding() {
    return Decoding.greedy(room);
  }

  /**
   * The prompt and room for the continuation together have at most {@link #length} tokens, while
   * one more line or sentence of haystack would be too much.
   */
  @Override
  public Question question(long seed, long index) {
    var random = new RandomStream(seed, "task/niah/%s/%s".formatted(kind.id(), index));
    Needles needles = Needles.draw(kind, options, random);
    Hiding hiding = Hiding.of(kind, options, background, needles, random);
    OptionalInt units =
        LongestFit.find(
            hiding.least(), n -> tokens(prompt(needles, hiding, n)).length + room <= length);
    if (units.isEmpty()) {
      throw tooShort();
    }
    String prompt = prompt(needles, hiding, units.getAsInt());
    return new Question(
        prompt,
        tokens(prompt),
        answer(needles.answers()),
        needles.answers(),
        String.join(", ", needles.queries()),
        group(prompt, needles));
  }

  /** The share of the values that the answer holds. */
  @Override
  public List<String> metrics() {
    return List.of("accuracy");
  }

  @Override
  public double[] score(Question question, List<String> answers) {
    return new double[] {
      answers.stream()
          .mapToDouble(answer -> StringMatch.all(answer, question.references()))
          .average()
          .orElseThrow()
    };
  }

  private static String answer(List<String> values) {
    return " " + Frame.join(values) + ".";
  }

  /** Where in the prompt a single needle stands, in tenths. */
  private static String group(String prompt, Needles needles) {
    if (needles.sentences().size() > 1) {
      return "";
    }
    long tenth = 10L * prompt.indexOf(needles.sentences().getFirst()) / prompt.length();
    return "depth %s0%%".formatted(tenth);
  }

  private String prompt(Needles needles, Hiding hiding, int units) {
    return options.frame().prompt(kind, needles.queries(), hiding.text(units));
  }

  private int[] tokens(String text) {
    return tokenizer.prompt(text);
  }

  private UserError tooShort() {
    return new UserError(
        String.format(
            Locale.ROOT,
            "`niah(kind: %s)` does not fit into %,d tokens; it needs %,d, of which %,d are for the"
                + " answer",
            kind.id(),
            length,
            least(),
            room),
        options.frame() == Frame.SHORT
            ? String.format(Locale.ROOT, "a length of at least %,d", least())
            : String.format(Locale.ROOT, "a length of at least %,d, or `frame: short`", least()));
  }
}
