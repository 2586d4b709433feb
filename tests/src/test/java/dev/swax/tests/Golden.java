package dev.swax.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;

/**
 * Compares what the compiler prints with files under {@code tests/golden}. A case is an input file;
 * what is expected lies beside it under another extension. {@code -Dgolden=update} rewrites what is
 * expected and still fails, so that the difference is read.
 */
public final class Golden {
  private static final boolean UPDATE = System.getProperty("golden", "check").equals("update");

  private Golden() {}

  /** The root of the project. */
  public static Path root() {
    return Path.of(System.getProperty("swax.root"));
  }

  public static Path folder(String name) {
    return root().resolve("tests/golden").resolve(name);
  }

  /**
   * One test for each {@code .swax} file of the folder: {@code print} of the file must be the text
   * beside it. One more test fails where a text has no case.
   */
  static Stream<DynamicTest> tests(String folder, String extension, Function<Path, String> print) {
    Path start = folder(folder);
    List<Path> cases = cases(start);
    assertThat(cases).as("cases in " + start).isNotEmpty();
    List<DynamicTest> tests = new ArrayList<>();
    for (Path input : cases) {
      tests.add(
          DynamicTest.dynamicTest(
              start.relativize(input).toString(),
              () -> check(beside(input, extension), print.apply(input))));
    }
    tests.add(
        DynamicTest.dynamicTest(
            "every expectation has a case", () -> everyExpectationHasACase(start, extension)));
    return tests.stream();
  }

  /** Every {@code .swax} file below {@code start}, sorted; a folder {@code imported} holds none. */
  static List<Path> cases(Path start) {
    return files(start, ".swax").stream()
        .filter(file -> !file.toString().contains("/imported/"))
        .toList();
  }

  /** Every file below {@code start} whose name ends in one of these, sorted. */
  public static List<Path> files(Path start, String... ends) {
    try (Stream<Path> files = Files.walk(start)) {
      return files
          .filter(file -> Stream.of(ends).anyMatch(file.toString()::endsWith))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails unless {@code actual} is the text of {@code expectedFile}. */
  public static void check(Path expectedFile, String actual) {
    String expected = Files.exists(expectedFile) ? read(expectedFile) : "";
    if (Files.exists(expectedFile) && expected.equals(actual)) {
      return;
    }
    if (UPDATE) {
      write(expectedFile, actual);
      throw new AssertionError(
          "rewrote " + expectedFile + "; read the difference, then run without -Dgolden=update");
    }
    throw new AssertionFailedError(
        expectedFile + " differs (-Dgolden=update rewrites it)", expected, actual);
  }

  private static void everyExpectationHasACase(Path start, String extension) {
    for (Path expectation : files(start, extension)) {
      String name = expectation.getFileName().toString();
      String stem = name.substring(0, name.length() - extension.length());
      assertThat(expectation.resolveSibling(stem + ".swax")).exists();
    }
  }

  static Path beside(Path input, String extension) {
    String name = input.getFileName().toString();
    return input.resolveSibling(name.substring(0, name.lastIndexOf('.')) + extension);
  }

  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
