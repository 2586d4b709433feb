package dev.swax.cli.verify;

import dev.swax.compiler.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The whole numbers in some texts that are large enough to become smaller: sizes, and what only
 * looks like one. Which is which shows where another number stands there.
 */
final class WrittenNumbers {
  /** Smaller ones stay: ratios, filters, places in patterns. */
  private static final long SMALLEST = 5;

  private static final Pattern TOKEN =
      Pattern.compile(
          "\"(?:\\\\.|[^\"\\\\\\n])*\"|//[^\\n]*|[\\p{L}_]\\w*"
              + "|(?<number>\\d[\\w.]*)(?<unit>%|\\s*(?:tok|step)\\b)?");

  private static final Pattern WHOLE = Pattern.compile("(\\d{1,9})(k|Ki|M|Mi)?");

  private final List<SourceFile> texts;
  private final List<Place> places = new ArrayList<>();

  /** A number of a text, from {@code start} to {@code end}. */
  private record Place(int text, int start, int end, long value) {}

  /**
   * @param counts of a text and a place in it, whether a number there may become smaller
   */
  WrittenNumbers(List<SourceFile> texts, BiPredicate<SourceFile, Integer> counts) {
    this.texts = List.copyOf(texts);
    for (int text = 0; text < texts.size(); text++) {
      SourceFile file = texts.get(text);
      Matcher token = TOKEN.matcher(file.text());
      while (token.find()) {
        String number = token.group("unit") == null ? token.group("number") : null;
        long value = number == null ? 0 : value(number);
        if (value >= SMALLEST && counts.test(file, token.start())) {
          places.add(new Place(text, token.start(), token.end(), value));
        }
      }
    }
  }

  /** 0 for what is no whole number. */
  private static long value(String number) {
    Matcher whole = WHOLE.matcher(number);
    if (!whole.matches()) {
      return 0;
    }
    long value = Long.parseLong(whole.group(1));
    return switch (whole.group(2)) {
      case null -> value;
      case "k" -> value * 1_000;
      case "Ki" -> value << 10;
      case "M" -> value * 1_000_000;
      default -> value << 20;
    };
  }

  /** The numbers as they are written, text by text. */
  List<Long> values() {
    return places.stream().map(Place::value).toList();
  }

  /** The texts with other numbers in these places. */
  List<SourceFile> with(List<Long> values) {
    return IntStream.range(0, texts.size()).mapToObj(text -> rewrite(text, values)).toList();
  }

  private SourceFile rewrite(int text, List<Long> values) {
    SourceFile file = texts.get(text);
    var rewritten = new StringBuilder();
    int from = 0;
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      if (place.text == text) {
        rewritten.append(file.text(), from, place.start).append(values.get(i));
        from = place.end;
      }
    }
    rewritten.append(file.text(), from, file.text().length());
    return new SourceFile(file.name(), rewritten.toString());
  }
}
