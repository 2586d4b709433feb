package dev.swax.runtime.task.text.needle;

import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.task.text.Background;
import dev.swax.runtime.task.text.Passage;
import java.util.List;
import java.util.TreeSet;

/** A haystack of any size with the needles in it. */
sealed interface Hiding permits BetweenLines, InEssay {
  /** The fewest lines or sentences. */
  int least();

  /** The text with {@code units >= least} lines or sentences of haystack. */
  String text(int units);

  static Hiding of(
      NeedleKind kind,
      NeedleOptions options,
      Background background,
      Needles needles,
      RandomStream random) {
    return switch (kind.haystack()) {
      case NOISE -> new BetweenLines(needles.sentences(), new Noise(), random);
      case NEEDLES ->
          new BetweenLines(
              needles.sentences(), new Distractors(kind, options, needles.keys(), random), random);
      case ESSAY -> {
        int start =
            options.start() == NeedleOptions.Start.BEGINNING
                ? 0
                : random.child("start").nextInt(background.starts());
        yield new InEssay(needles.sentences(), new Passage(background, start), random);
      }
    };
  }

  /** The shortest text with needles as long as any. */
  static String shortest(NeedleKind kind, List<String> needles) {
    return switch (kind.haystack()) {
      case NOISE ->
          String.join("\n", needles) + "\n" + String.join("\n", new Noise().first(needles.size()));
      case NEEDLES -> String.join("\n", needles) + "\n" + String.join("\n", needles);
      case ESSAY -> String.join(" ", needles);
    };
  }

  /** {@code count} different numbers of 0 .. bound, each set equally likely; the same each time. */
  static TreeSet<Integer> places(int count, int bound, RandomStream random) {
    RandomStream places = random.child("places");
    TreeSet<Integer> drawn = new TreeSet<>();
    while (drawn.size() < count) {
      drawn.add(places.nextInt(bound));
    }
    return drawn;
  }
}
