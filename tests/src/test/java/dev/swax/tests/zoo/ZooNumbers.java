package dev.swax.tests.zoo;

import dev.swax.compiler.interpret.Matrix;
import dev.swax.runtime.program.Batch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/**
 * What the published code of a model computes in float64 on two sequences, with small sizes: a file
 * of {@code tests/golden/zoo}, one item a line, described in {@code docs/decisions/0047}. Weights
 * are not stored; both sides draw them by one formula, of numbers that fp32 holds exactly.
 *
 * @param source whose numbers they are
 * @param batch both sequences, and what follows each token; the loss is the mean over all of them
 * @param weights by the full name of swax
 * @param logits [tokens of both, vocabulary], row by row
 * @param gradients by the name of the weight: the norm, then elements at {@link #places}
 */
record ZooNumbers(
    String source,
    int vocabulary,
    Batch batch,
    SequencedMap<String, Matrix> weights,
    Matrix logits,
    double loss,
    SequencedMap<String, double[]> gradients) {
  private static final int FEW = 16;
  private static final int STRIDE = 7919;
  private static final double UNIT = 32768;

  static ZooNumbers read(Path file) {
    SequencedMap<String, String> lines = new LinkedHashMap<>();
    SequencedMap<String, Matrix> weights = new LinkedHashMap<>();
    SequencedMap<String, double[]> gradients = new LinkedHashMap<>();
    for (String line : lines(file)) {
      String[] words = line.split(" ", 3);
      switch (words[0]) {
        case "weight" -> weights.put(words[1], weight(words[2].split(" ")));
        case "gradient" -> gradients.put(words[1], doubles(words[2]));
        default -> lines.put(words[0], line.substring(words[0].length() + 1));
      }
    }
    int vocabulary = Integer.parseInt(text(lines, "vocabulary"));
    Batch batch = batch(integers(text(lines, "tokens")), integers(text(lines, "targets")));
    return new ZooNumbers(
        text(lines, "source"),
        vocabulary,
        batch,
        weights,
        Matrix.of(batch.tokens().length, vocabulary, doubles(text(lines, "logits"))),
        Double.parseDouble(text(lines, "loss")),
        gradients);
  }

  /** The elements of a gradient of that size that a file holds, row by row. */
  static int[] places(int size) {
    int[] places = new int[Math.min(size, FEW)];
    for (int i = 0; i < places.length; i++) {
      places[i] = size <= FEW ? i : i * STRIDE % size;
    }
    return places;
  }

  /** Each line begins with the length of a sequence. */
  private static Batch batch(int[] tokens, int[] targets) {
    int length = tokens[0];
    int rows = tokens.length - 1;
    return new Batch(
        rows / length,
        length,
        Arrays.copyOfRange(tokens, 1, rows + 1),
        Arrays.copyOfRange(targets, 1, rows + 1),
        new boolean[rows]);
  }

  /** {@code rows columns seed centre spread}, then in words where it is in the other model. */
  private static Matrix weight(String[] words) {
    Matrix weight = Matrix.zeros(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
    var random = new SplittableRandom(Long.parseLong(words[2]));
    double centre = Double.parseDouble(words[3]);
    double spread = Double.parseDouble(words[4]);
    for (int i = 0; i < weight.values().length; i++) {
      weight.values()[i] = centre + spread * (random.nextLong() >> 48) / UNIT;
    }
    return weight;
  }

  private static String text(SequencedMap<String, String> lines, String name) {
    String text = lines.get(name);
    if (text == null) {
      throw new IllegalArgumentException("no line `" + name + "`");
    }
    return text;
  }

  private static int[] integers(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  private static double[] doubles(String text) {
    return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
