package dev.swax.tests.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** One random edit of one file, and what it was. */
record Damage(String file, String what) {
  /** Property that is set if text of a run is ever executed. */
  static final String CANARY = "swax.canary";

  private static final Pattern VALUE =
      Pattern.compile("\"[^\"\n]*\"|[A-Za-z_][A-Za-z_0-9]*|-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
  private static final String RUNS = "static { System.setProperty(\"" + CANARY + "\", \"\"); }";
  private static final List<String> TEXTS =
      List.of(
          "\\u002a\\u002f " + RUNS + " \\u002f\\u002a",
          "\\u000a" + RUNS + "//",
          "*/ " + RUNS + " /*",
          "\n" + RUNS + "\n",
          "\nrun.seed = 9\n",
          "1e999",
          "NaN",
          "null",
          "\"x\"",
          "-1",
          "0",
          "9223372036854775807",
          "9223372036854775808",
          "../../../../../../etc/passwd",
          "/dev/zero",
          "\u0000",
          "\u202e\u2028",
          "[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
          "{}");

  /** Edits a file of a folder; the same random numbers make the same edit. */
  static Damage edit(Path folder, SplittableRandom random) throws IOException {
    List<String> files = Folders.files(folder);
    String name = files.get(random.nextInt(files.size()));
    Path file = folder.resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    int at = random.nextInt(bytes.length + 1);
    int length = Math.min(bytes.length - at, 1 + random.nextInt(40));
    switch (random.nextInt(12)) {
      case 0 -> {
        Files.delete(file);
        return new Damage(name, "deleted");
      }
      case 1 -> {
        Files.delete(file);
        Files.createDirectory(file);
        return new Damage(name, "a folder");
      }
      case 2 -> {
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/dev/zero"));
        return new Damage(name, "a link to /dev/zero");
      }
      case 3 -> {
        String other = files.get(random.nextInt(files.size()));
        Files.write(file, Files.readAllBytes(folder.resolve(other)));
        return new Damage(name, "the bytes of " + other);
      }
      case 4 -> {
        Files.write(file, Arrays.copyOf(bytes, at));
        return new Damage(name, "cut after " + at);
      }
      case 5 -> {
        Files.write(file, joined(bytes, at, new byte[0], at + length));
        return new Damage(name, "without %d bytes at %d".formatted(length, at));
      }
      case 6 -> {
        Files.write(file, joined(bytes, at, Arrays.copyOfRange(bytes, at, at + length), at));
        return new Damage(name, "%d bytes twice at %d".formatted(length, at));
      }
      case 7, 8 -> {
        String text = TEXTS.get(random.nextInt(TEXTS.size()));
        Files.write(file, joined(bytes, at, text.getBytes(StandardCharsets.UTF_8), at));
        return new Damage(name, "`%s` at %d".formatted(text, at));
      }
      case 9, 10 -> {
        return new Damage(name, value(file, bytes, random));
      }
      default -> {
        byte[] other = {(byte) random.nextInt(256)};
        Files.write(file, joined(bytes, at, other, Math.min(bytes.length, at + 1)));
        return new Damage(name, "byte %d is %d".formatted(at, other[0]));
      }
    }
  }

  /** Another value in place of one: that of another place, or one that has no meaning. */
  private static String value(Path file, byte[] bytes, SplittableRandom random) throws IOException {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    List<MatchResult> values = new ArrayList<>(VALUE.matcher(text).results().limit(5000).toList());
    if (values.isEmpty()) {
      return "as it was";
    }
    MatchResult one = values.get(random.nextInt(values.size()));
    String other =
        random.nextBoolean()
            ? values.get(random.nextInt(values.size())).group()
            : TEXTS.get(random.nextInt(TEXTS.size()));
    byte[] put = other.getBytes(StandardCharsets.UTF_8);
    Files.write(file, joined(bytes, one.start(), put, one.end()));
    return "`%s` in place of `%s` at %d".formatted(other, one.group(), one.start());
  }

  private static byte[] joined(byte[] bytes, int before, byte[] middle, int after) {
    byte[] joined = Arrays.copyOf(bytes, before + middle.length + bytes.length - after);
    System.arraycopy(middle, 0, joined, before, middle.length);
    System.arraycopy(bytes, after, joined, before + middle.length, bytes.length - after);
    return joined;
  }
}
