package dev.swax.tests;

import dev.swax.compiler.source.SourceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files of the project with a few faults in them: of bytes, of words, or cut off. */
final class Mutations {
  private static final int LONGEST = 4_000;
  private static final Pattern BETWEEN_WORDS = Pattern.compile("(?<=\\W)|(?=\\W)");

  private final List<String> samples;
  private final List<List<String>> words;

  Mutations() {
    samples =
        Stream.of("examples", "stdlib/swax", "tests/golden")
            .flatMap(folder -> Golden.files(Golden.root().resolve(folder), ".swax").stream())
            .filter(Files::isRegularFile)
            .map(Mutations::text)
            .filter(text -> !text.isBlank() && text.length() < LONGEST)
            .toList();
    words = samples.stream().map(text -> List.of(BETWEEN_WORDS.split(text))).toList();
  }

  /** A text that a user could have saved; the same for the same numbers. */
  String draw(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> bytes(random);
      case 3 -> cut(sample(random), random);
      case 4 -> cut(words(random), random);
      default -> words(random);
    };
  }

  private String sample(SplittableRandom random) {
    return samples.get(random.nextInt(samples.size()));
  }

  private static String cut(String text, SplittableRandom random) {
    return text.substring(0, random.nextInt(text.length() + 1));
  }

  /** Bytes changed, left out, put in and doubled; what is then no text is drawn again. */
  private String bytes(SplittableRandom random) {
    String sample = sample(random);
    var text = new StringBuilder(sample);
    for (int edit = random.nextInt(1, 5); edit > 0; edit--) {
      int at = random.nextInt(text.length() + 1);
      int length = Math.min(random.nextInt(20), text.length() - at);
      switch (random.nextInt(5)) {
        case 0 -> text.delete(at, at + length);
        case 1 -> text.insert(at, piece(random));
        case 2 -> text.insert(at, text.substring(at, at + length).repeat(random.nextInt(1, 9)));
        case 3 -> text.insert(at, (char) random.nextInt(256));
        default -> text.replace(at, Math.min(at + 1, text.length()), "" + ascii(random));
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return SourceReader.decode(bytes, "fuzz.swax") instanceof SourceReader.Read(var file)
        ? file.text()
        : sample;
  }

  private static char ascii(SplittableRandom random) {
    return (char) (32 + random.nextInt(95));
  }

  private static String piece(SplittableRandom random) {
    return SyntaxFuzzTest.PIECES.get(random.nextInt(SyntaxFuzzTest.PIECES.size()));
  }

  /** Words left out, doubled, swapped, repeated, and taken from another file. */
  private String words(SplittableRandom random) {
    List<String> text = new ArrayList<>(words.get(random.nextInt(words.size())));
    for (int edit = random.nextInt(1, 6); edit > 0 && !text.isEmpty(); edit--) {
      int at = random.nextInt(text.size());
      List<String> other = words.get(random.nextInt(words.size()));
      int from = random.nextInt(other.size());
      List<String> taken = other.subList(from, Math.min(other.size(), from + random.nextInt(60)));
      switch (random.nextInt(6)) {
        case 0 -> text.remove(at);
        case 1 -> text.add(at, text.get(random.nextInt(text.size())));
        case 2 -> text.set(at, other.get(from));
        case 3 -> text.addAll(at, taken);
        case 4 -> text.set(at, text.set(random.nextInt(text.size()), text.get(at)));
        default -> {
          List<String> part = text.subList(at, Math.min(text.size(), at + random.nextInt(12)));
          text.addAll(
              at,
              Stream.generate(() -> List.copyOf(part))
                  .limit(random.nextInt(1, 9))
                  .flatMap(List::stream)
                  .toList());
        }
      }
    }
    return String.join("", text);
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
