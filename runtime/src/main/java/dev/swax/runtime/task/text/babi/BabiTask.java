package dev.swax.runtime.task.text.babi;

import dev.swax.runtime.UserError;
import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.task.Decoding;
import dev.swax.runtime.task.GenerationTask;
import dev.swax.runtime.task.Question;
import dev.swax.runtime.task.declare.Given;
import dev.swax.runtime.task.text.Background;
import dev.swax.runtime.task.text.LongestFit;
import dev.swax.runtime.task.text.Passage;
import dev.swax.runtime.task.text.StringMatch;
import dev.swax.runtime.token.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** One of the five tasks within a text of any length, or, at length 0, without any. */
public final class BabiTask implements GenerationTask {
  /**
   * What a user may change.
   *
   * @param prompt what stands around the text
   * @param share the most that facts may take of the length, if there is one; BABILong: 1/8
   * @param room least number of tokens kept free for the answer
   */
  public record Options(BabiPrompt prompt, double share, int room) {
    /** What holds where nothing is given. */
    public static Options standard() {
      return BabiDeclaration.options(Given.nothing());
    }
  }

  private static final int TRIES = 2000;
  private static final int LONGEST_ANSWER = " football.".length();

  private final BabiKind kind;
  private final int length;
  private final Options options;
  private final Background background;
  private final Tokenizer tokenizer;
  private final int room;

  public BabiTask(
      BabiKind kind, int length, Options options, Background background, Tokenizer tokenizer) {
    this.kind = kind;
    this.length = length;
    this.options = options;
    this.background = background;
    this.tokenizer = tokenizer;
    this.room = Math.max(options.room(), LONGEST_ANSWER);
  }

  public BabiKind kind() {
    return kind;
  }

  @Override
  public String describe() {
    return "babilong(task: %s, length: %s tok, prompt: %s, share: %s, room: %s tok, text: %s)"
        .formatted(
            kind.id(),
            length,
            options.prompt() == BabiPrompt.FULL ? "full" : "short",
            options.share(),
            options.room(),
            background.describe());
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
  public BabiTask atLength(int length) {
    return new BabiTask(kind, length, options, background, tokenizer);
  }

  @Override
  public BabiTask withTokenizer(Tokenizer other) {
    return new BabiTask(kind, length, options, background, other);
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
   * A story whose facts take no more than their share, with as many sentences of the text around
   * and between them as fit, from a random place of it. At length 0, any story, and nothing else.
   */
  @Override
  public Question question(long seed, long index) {
    var random = new RandomStream(seed, "task/babilong/%s/%s".formatted(kind.id(), index));
    Story story = story(random.child("story"));
    Passage passage = new Passage(background, random.child("start").nextInt(background.starts()));
    OptionalInt sentences =
        length == 0
            ? OptionalInt.of(0)
            : LongestFit.find(
                0, n -> tokens(prompt(story, passage, n, random)).length + room <= length);
    if (sentences.isEmpty()) {
      throw tooShort(tokens(prompt(story, passage, 0, random)).length);
    }
    String prompt = prompt(story, passage, sentences.getAsInt(), random);
    return new Question(
        prompt,
        tokens(prompt),
        " " + story.answer() + ".",
        List.of(story.answer()),
        story.question(),
        "");
  }

  /** By BABILong's comparison; and whether the answer occurs anywhere in what is written. */
  @Override
  public List<String> metrics() {
    return List.of("accuracy", "contains");
  }

  @Override
  public double[] score(Question question, List<String> answers) {
    String answer = answers.getFirst();
    String target = question.references().getFirst();
    boolean right = LabelMatch.isRight(answer, question.asked(), target, kind.labels());
    return new double[] {right ? 1 : 0, StringMatch.all(answer, question.references())};
  }

  private Story story(RandomStream random) {
    int shortest = Integer.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      Story story = Stories.draw(kind, random);
      int tokens = tokenizer.encode(String.join(" ", story.facts())).length;
      if (length == 0 || tokens <= options.share() * length) {
        return story;
      }
      shortest = Math.min(shortest, tokens);
    }
    throw new UserError(
        String.format(
            Locale.ROOT,
            "`babilong(task: %s)` at length %,d: facts may take a share of %s, which is %,d tokens,"
                + " but of %,d stories the shortest has %,d",
            kind.id(),
            length,
            options.share(),
            (long) (options.share() * length),
            TRIES,
            shortest),
        "use a longer length, or a larger share: `share: 50%`");
  }

  private String prompt(Story story, Passage passage, int sentences, RandomStream random) {
    return options
        .prompt()
        .prompt(kind, hide(story.facts(), passage.first(sentences), random), story.question());
  }

  /** Facts in their order, each at a place between sentences that is drawn with replacement. */
  private static String hide(List<String> facts, List<String> sentences, RandomStream random) {
    RandomStream places = random.child("places");
    int[] before = new int[facts.size()];
    for (int i = 0; i < before.length; i++) {
      before[i] = places.nextInt(sentences.size() + 1);
    }
    Arrays.sort(before);
    List<String> text = new ArrayList<>(sentences);
    for (int i = 0; i < before.length; i++) {
      text.add(before[i] + i, facts.get(i));
    }
    return String.join(" ", text);
  }

  private int[] tokens(String text) {
    return tokenizer.prompt(text);
  }

  private UserError tooShort(int prompt) {
    return new UserError(
        String.format(
            Locale.ROOT,
            "`babilong(task: %s)` does not fit into %,d tokens: its prompt without any text has"
                + " %,d, and %,d are kept for the answer",
            kind.id(),
            length,
            prompt,
            room),
        options.prompt() == BabiPrompt.SHORT
            ? String.format(Locale.ROOT, "use a length of at least %,d", prompt + room)
            : String.format(
                Locale.ROOT, "use a length of at least %,d, or `prompt: short`", prompt + room));
  }
}
