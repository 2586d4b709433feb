package dev.swax.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Numbers of another implementation: a file in tests/golden/oracles has the inputs, which fp32
 * holds exactly, then the results; a line with a name and a shape stands before its numbers.
 */
record OracleFile(Map<String, double[]> arrays, Map<String, int[]> sizes) {
  private static final Path FOLDER =
      Path.of(System.getProperty("swax.root")).resolve("tests/golden/oracles");

  static OracleFile read(String file) throws IOException {
    List<String> lines = Files.readAllLines(FOLDER.resolve(file));
    Map<String, double[]> arrays = new LinkedHashMap<>();
    Map<String, int[]> sizes = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i += 2) {
      String[] head = lines.get(i).split(" ");
      sizes.put(head[0], Stream.of(head).skip(1).mapToInt(Integer::parseInt).toArray());
      arrays.put(
          head[0],
          Stream.of(lines.get(i + 1).split(" ")).mapToDouble(Double::parseDouble).toArray());
    }
    return new OracleFile(arrays, sizes);
  }

  double[] of(String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  /** One dimension of an array. */
  int size(String name, int dimension) {
    return Objects.requireNonNull(sizes.get(name), name)[dimension];
  }

  /** The last dimension of an array. */
  int columns(String name) {
    return size(name, Objects.requireNonNull(sizes.get(name), name).length - 1);
  }

  boolean has(String name) {
    return arrays.containsKey(name);
  }

  /** Within so much of the largest; where all are 0 but for rounding, of a thousandth. */
  static void requireClose(String what, double[] found, double[] expected, double tolerance) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    assertThat(found).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i])
          .as("%s, element %d", what, i)
          .isCloseTo(expected[i], within(tolerance * Math.max(largest, 1e-3)));
    }
  }
}
