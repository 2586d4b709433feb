package dev.swax.runtime.task.text.needle;

import dev.swax.runtime.UserError;
import dev.swax.runtime.task.Decoding;
import dev.swax.runtime.task.GenerationTask;
import dev.swax.runtime.task.Question;
import dev.swax.runtime.task.text.Background;
import dev.swax.runtime.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The eight kinds in turn, question after question: over a multiple of eight questions the measure
 * is the plain mean of the eight, and that of the groups {@code single} and {@code multikey} the
 * mean of three each. A kind that does not fit into the length is left out, and the measure's name
 * says so.
 */
public final class AllNeedles implements GenerationTask {
  private static final int KINDS = NeedleKind.values().length;

  private final int length;
  private final NeedleOptions options;
  private final Background background;
  private final Tokenizer tokenizer;
  private final List<NeedleTask> tasks = new ArrayList<>();
  private final List<NeedleKind> missing = new ArrayList<>();
  private final int room;

  public AllNeedles(int length, NeedleOptions options, Background background, Tokenizer tokenizer) {
    this.length = length;
    this.options = options;
    this.background = background;
    this.tokenizer = tokenizer;
    this.room = room(options);
    for (NeedleKind kind : NeedleKind.values()) {
      if (NeedleTask.least(kind, options.withRoom(room), tokenizer) <= length) {
        tasks.add(task(kind));
      } else {
        missing.add(kind);
      }
    }
    if (tasks.isEmpty()) {
      tasks.add(task(NeedleKind.SINGLE_1));
    }
  }

  private NeedleTask task(NeedleKind kind) {
    return new NeedleTask(kind, length, options.withRoom(room), background, tokenizer);
  }

  private static int room(NeedleOptions options) {
    int most = options.room();
    for (NeedleKind kind : NeedleKind.values()) {
      most = Math.max(most, NeedleTask.room(kind, options));
    }
    return most;
  }

  /** The kinds that fit. */
  public List<NeedleKind> kinds() {
    return tasks.stream().map(NeedleTask::kind).toList();
  }

  @Override
  public String describe() {
    String without =
        missing.isEmpty()
            ? ""
            : ", without: " + missing.stream().map(NeedleKind::id).collect(Collectors.joining(" "));
    return "niah(kind: all%s, length: %s tok, %s, text: %s)"
        .formatted(without, length, options.describe(), background.describe());
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
  public AllNeedles atLength(int length) {
    return new AllNeedles(length, options, background, tokenizer);
  }

  @Override
  public AllNeedles withTokenizer(Tokenizer other) {
    return new AllNeedles(length, options, background, other);
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

  /** Whole rounds of the kinds. */
  @Override
  public long examples(long about) {
    return Math.ceilDiv(about, tasks.size()) * tasks.size();
  }

  @Override
  public Optional<String> remark() {
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    String names = missing.stream().map(NeedleKind::id).collect(Collectors.joining(", "));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "too long for %,d tokens and left out of RULER's %d kinds: %s; the mean is of the other"
                + " %d. %s",
            length,
            KINDS,
            names,
            tasks.size(),
            instead()));
  }

  private String instead() {
    int needed = least(options);
    return options.frame() == Frame.SHORT
        ? String.format(Locale.ROOT, "All need a length of %,d", needed)
        : String.format(
            Locale.ROOT,
            "All need a length of %,d, or of %,d with `frame: short`",
            needed,
            least(options.withFrame(Frame.SHORT)));
  }

  /** The length that all kinds fit into. */
  private int least(NeedleOptions options) {
    int least = 0;
    for (NeedleKind kind : NeedleKind.values()) {
      least = Math.max(least, NeedleTask.least(kind, options.withRoom(room), tokenizer));
    }
    return least;
  }

  @Override
  public Question question(long seed, long index) {
    NeedleTask task = tasks.get((int) (index % tasks.size()));
    Question question = task.question(seed, index / tasks.size());
    return new Question(
        question.text(),
        question.tokens(),
        question.answer(),
        question.references(),
        question.asked(),
        task.kind().group());
  }

  @Override
  public List<String> metrics() {
    return List.of(
        missing.isEmpty() ? "accuracy" : "accuracy_of_%s_of_%s".formatted(tasks.size(), KINDS));
  }

  @Override
  public double[] score(Question question, List<String> answers) {
    return tasks.getFirst().score(question, answers);
  }
}
