package dev.swax.tornado.kernel;

import static dev.swax.tornado.kernel.KernelHarness.TASK;
import static dev.swax.tornado.kernel.KernelHarness.assertNear;
import static dev.swax.tornado.kernel.KernelHarness.filled;
import static dev.swax.tornado.kernel.KernelHarness.random;
import static dev.swax.tornado.kernel.KernelHarness.tensor;

import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.tensor.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Embedding, its gradient and cross-entropy against the scalar kernels. */
class TokenKernelsTest {
  private static final int CAPACITY = 40;

  private final ScalarKernels scalar = new ScalarKernels(1);

  /** Tokens below vocab; every third is -1 if asked for. */
  private static IntArray tokens(int vocab, boolean withNone, long seed) {
    var random = new SplittableRandom(seed);
    var tokens = new IntArray(CAPACITY + 2);
    for (int i = 0; i < tokens.getSize(); i++) {
      tokens.set(i, withNone && i % 3 == 0 ? -1 : random.nextInt(vocab));
    }
    return tokens;
  }

  private static int[] from(IntArray tokens, int at, int rows) {
    int[] copy = new int[rows];
    for (int i = 0; i < rows; i++) {
      copy[i] = tokens.get(at + i);
    }
    return copy;
  }

  @ParameterizedTest
  @CsvSource({"40,7,5", "13,3,70", "1,1,1", "0,4,4"})
  void rowsOfTheTableAreGathered(int rows, int vocab, int columns) {
    IntArray tokens = tokens(vocab, false, 1);
    FloatArray table = random(3 + vocab * columns, 2);
    FloatArray out = random(4 + CAPACITY * columns, 3);
    Tensor expected = tensor(out, 0, out.getSize());
    if (rows > 0) {
      scalar.embedding(
          from(tokens, 2, rows),
          tensor(table, 3, vocab * columns),
          expected.slice(4, (long) rows * columns),
          rows,
          columns);
    }
    KernelHarness.run(
        EmbeddingKernels.gatherGrid(CAPACITY, columns),
        graph ->
            graph.task(
                TASK,
                EmbeddingKernels::gather,
                new KernelContext(),
                tokens,
                2,
                table,
                3,
                out,
                4,
                rows,
                columns),
        tokens,
        table,
        out);
    assertNear(out, 0, expected, 0);
  }

  @ParameterizedTest
  @CsvSource({"40,7,5", "13,30,70", "1,1,1", "0,4,4"})
  void gradientsOfTheTableAreSummedInOrder(int rows, int vocab, int columns) {
    IntArray tokens = tokens(vocab, false, 4);
    FloatArray dy = random(3 + CAPACITY * columns, 5);
    FloatArray dTable = random(4 + vocab * columns, 6);
    Tensor expected = tensor(dTable, 0, dTable.getSize());
    if (rows > 0) {
      scalar.embeddingGradient(
          from(tokens, 2, rows),
          tensor(dy, 3, rows * columns),
          expected.slice(4, (long) vocab * columns),
          rows,
          vocab,
          columns);
    }
    var order = new IntArray(5 + CAPACITY);
    var starts = new IntArray(6 + vocab + 1);
    new TokenOrder(vocab).fill(tokens, 2, rows, order, 5, starts, 6);
    KernelHarness.run(
        EmbeddingKernels.gradientGrid(vocab),
        graph ->
            graph.task(
                TASK,
                EmbeddingKernels::gradient,
                new KernelContext(),
                order,
                5,
                starts,
                6,
                dy,
                3,
                dTable,
                4,
                rows,
                vocab,
                columns),
        order,
        starts,
        dy,
        dTable);
    assertNear(dTable, 0, expected, 0);
  }

  @ParameterizedTest
  @CsvSource({"40,7,1,0", "13,300,20,0.001", "1,1,1,0.5", "2,128,80,0", "0,4,1,0"})
  void lossesAndTheirGradients(int rows, int vocab, float size, float zLoss) {
    IntArray targets = tokens(vocab, true, 7);
    FloatArray logits = random(3 + CAPACITY * vocab, 8);
    for (int i = 0; i < logits.getSize(); i++) {
      logits.set(i, size * logits.get(i));
    }
    FloatArray losses = filled(4 + 2 * CAPACITY, 9);
    FloatArray sums = filled(5 + CAPACITY, 9);
    Tensor expectedPairs = tensor(losses, 0, losses.getSize());
    Tensor expectedLosses = tensor(losses, 0, CAPACITY);
    Tensor expectedSums = tensor(sums, 0, sums.getSize());
    Tensor expected = tensor(logits, 0, logits.getSize());
    FloatArray scales = FloatArray.fromElements(Float.NaN, 0.125f, zLoss);
    if (rows > 0) {
      Tensor all = expected.slice(3, (long) rows * vocab);
      int[] wanted = from(targets, 2, rows);
      scalar.crossEntropy(
          all, wanted, expectedLosses.slice(0, rows), expectedSums.slice(5, rows), rows, vocab);
      scalar.crossEntropyGradient(
          all, wanted, expectedSums.slice(5, rows), all, 0.125f, zLoss, rows, vocab);
      for (int row = 0; row < rows; row++) {
        expectedPairs.set(4 + 2 * row, expectedLosses.get(row));
        expectedPairs.set(5 + 2 * row, expectedSums.get(5 + row));
      }
    }
    KernelHarness.run(
        CrossEntropyKernels.grid(CAPACITY),
        graph ->
            graph.task(
                TASK,
                CrossEntropyKernels::loss,
                new KernelContext(),
                logits,
                3,
                targets,
                2,
                losses,
                4,
                sums,
                5,
                rows,
                vocab),
        logits,
        targets,
        losses,
        sums);
    // The logarithm of a sum, and a difference of numbers up to size: a few roundings of each.
    double tolerance = (8 * size + vocab / 64.0 + 16) * 0x1p-23;
    assertNear(losses, 0, expectedPairs, tolerance);
    assertNear(sums, 0, expectedSums, tolerance);
    KernelHarness.run(
        CrossEntropyKernels.grid(CAPACITY),
        graph ->
            graph.task(
                TASK,
                CrossEntropyKernels::gradient,
                new KernelContext(),
                logits,
                3,
                targets,
                2,
                sums,
                5,
                logits,
                3,
                scales,
                1,
                rows,
                vocab),
        logits,
        targets,
        sums,
        scales);
    assertNear(logits, 0, expected, tolerance);
  }
}
