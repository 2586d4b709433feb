package dev.swax.runtime.kernel.step;

import static dev.swax.runtime.kernel.tile.VectorMath.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Sums of several sequences, or of several tokens, that walk once through a large table. Each
 * number is the same, to its bits, as that of {@link StepSums}.
 */
final class StepTogether {
  static final int LANES = SPECIES.length();

  private StepTogether() {}

  /**
   * {@code to[s, j] = sum over i of k[s, i] table[i, j]}, with whole vectors in a row.
   *
   * @param apart from a sequence to the next in {@code own}, where k lies
   * @param resultApart the same of the result
   */
  static void read(
      float[] own,
      int k,
      int apart,
      float[] table,
      int b,
      int result,
      int resultApart,
      int sequences,
      int rows,
      int columns) {
    int s = 0;
    for (; s + 4 <= sequences; s += 4) {
      int from = k + s * apart;
      readFour(own, from, apart, table, b, result + s * resultApart, resultApart, rows, columns);
    }
    for (; s + 2 <= sequences; s += 2) {
      int from = k + s * apart;
      readTwo(own, from, apart, table, b, result + s * resultApart, resultApart, rows, columns);
    }
    if (s < sequences) {
      StepSums.read(own, k + s * apart, table, b, own, result + s * resultApart, rows, columns);
    }
  }

  private static void readFour(
      float[] own,
      int k,
      int apart,
      float[] table,
      int b,
      int result,
      int resultApart,
      int rows,
      int columns) {
    int j = 0;
    for (; j + 2 * LANES <= columns; j += 2 * LANES) {
      FloatVector first = FloatVector.zero(SPECIES);
      FloatVector firstNext = first;
      FloatVector second = first;
      FloatVector secondNext = first;
      FloatVector third = first;
      FloatVector thirdNext = first;
      FloatVector fourth = first;
      FloatVector fourthNext = first;
      for (int i = 0; i < rows; i++) {
        FloatVector x = FloatVector.fromArray(SPECIES, table, b + i * columns + j);
        FloatVector y = FloatVector.fromArray(SPECIES, table, b + i * columns + j + LANES);
        FloatVector a = FloatVector.broadcast(SPECIES, own[k + i]);
        first = a.fma(x, first);
        firstNext = a.fma(y, firstNext);
        a = FloatVector.broadcast(SPECIES, own[k + apart + i]);
        second = a.fma(x, second);
        secondNext = a.fma(y, secondNext);
        a = FloatVector.broadcast(SPECIES, own[k + 2 * apart + i]);
        third = a.fma(x, third);
        thirdNext = a.fma(y, thirdNext);
        a = FloatVector.broadcast(SPECIES, own[k + 3 * apart + i]);
        fourth = a.fma(x, fourth);
        fourthNext = a.fma(y, fourthNext);
      }
      int to = result + j;
      first.intoArray(own, to);
      firstNext.intoArray(own, to + LANES);
      second.intoArray(own, to + resultApart);
      secondNext.intoArray(own, to + resultApart + LANES);
      third.intoArray(own, to + 2 * resultApart);
      thirdNext.intoArray(own, to + 2 * resultApart + LANES);
      fourth.intoArray(own, to + 3 * resultApart);
      fourthNext.intoArray(own, to + 3 * resultApart + LANES);
    }
    for (; j < columns; j += LANES) {
      FloatVector first = FloatVector.zero(SPECIES);
      FloatVector second = first;
      FloatVector third = first;
      FloatVector fourth = first;
      for (int i = 0; i < rows; i++) {
        FloatVector x = FloatVector.fromArray(SPECIES, table, b + i * columns + j);
        first = x.fma(FloatVector.broadcast(SPECIES, own[k + i]), first);
        second = x.fma(FloatVector.broadcast(SPECIES, own[k + apart + i]), second);
        third = x.fma(FloatVector.broadcast(SPECIES, own[k + 2 * apart + i]), third);
        fourth = x.fma(FloatVector.broadcast(SPECIES, own[k + 3 * apart + i]), fourth);
      }
      first.intoArray(own, result + j);
      second.intoArray(own, result + resultApart + j);
      third.intoArray(own, result + 2 * resultApart + j);
      fourth.intoArray(own, result + 3 * resultApart + j);
    }
  }

  private static void readTwo(
      float[] own,
      int k,
      int apart,
      float[] table,
      int b,
      int result,
      int resultApart,
      int rows,
      int columns) {
    int j = 0;
    for (; j + 2 * LANES <= columns; j += 2 * LANES) {
      FloatVector first = FloatVector.zero(SPECIES);
      FloatVector firstNext = first;
      FloatVector second = first;
      FloatVector secondNext = first;
      for (int i = 0; i < rows; i++) {
        FloatVector x = FloatVector.fromArray(SPECIES, table, b + i * columns + j);
        FloatVector y = FloatVector.fromArray(SPECIES, table, b + i * columns + j + LANES);
        FloatVector a = FloatVector.broadcast(SPECIES, own[k + i]);
        first = a.fma(x, first);
        firstNext = a.fma(y, firstNext);
        a = FloatVector.broadcast(SPECIES, own[k + apart + i]);
        second = a.fma(x, second);
        secondNext = a.fma(y, secondNext);
      }
      first.intoArray(own, result + j);
      firstNext.intoArray(own, result + j + LANES);
      second.intoArray(own, result + resultApart + j);
      secondNext.intoArray(own, result + resultApart + j + LANES);
    }
    for (; j < columns; j += LANES) {
      FloatVector first = FloatVector.zero(SPECIES);
      FloatVector second = first;
      for (int i = 0; i < rows; i++) {
        FloatVector x = FloatVector.fromArray(SPECIES, table, b + i * columns + j);
        first = x.fma(FloatVector.broadcast(SPECIES, own[k + i]), first);
        second = x.fma(FloatVector.broadcast(SPECIES, own[k + apart + i]), second);
      }
      first.intoArray(own, result + j);
      second.intoArray(own, result + resultApart + j);
    }
  }

  /**
   * {@code to[i, j] += k[t, i] v[t, j]}, one token t after the other.
   *
   * @param step from a token to the next in {@code held}
   */
  static void addOuters(
      float[] held,
      int k,
      int v,
      int step,
      int tokens,
      float[] to,
      int result,
      int rows,
      int columns) {
    int j = 0;
    for (; j + 2 * LANES <= columns; j += 2 * LANES) {
      int i = 0;
      for (; i + 4 <= rows; i += 4) {
        addFourRows(held, k + i, v + j, step, tokens, to, result + i * columns + j, columns);
      }
      for (; i < rows; i++) {
        addRow(held, k + i, v + j, step, tokens, to, result + i * columns + j, 2 * LANES);
      }
    }
    for (int i = 0; j < columns && i < rows; i++) {
      addRow(held, k + i, v + j, step, tokens, to, result + i * columns + j, columns - j);
    }
  }

  /** Four rows of two vectors. */
  private static void addFourRows(
      float[] held, int k, int v, int step, int tokens, float[] to, int result, int columns) {
    int second = result + columns;
    int third = second + columns;
    int fourth = third + columns;
    FloatVector a = FloatVector.fromArray(SPECIES, to, result);
    FloatVector aNext = FloatVector.fromArray(SPECIES, to, result + LANES);
    FloatVector b = FloatVector.fromArray(SPECIES, to, second);
    FloatVector bNext = FloatVector.fromArray(SPECIES, to, second + LANES);
    FloatVector c = FloatVector.fromArray(SPECIES, to, third);
    FloatVector cNext = FloatVector.fromArray(SPECIES, to, third + LANES);
    FloatVector d = FloatVector.fromArray(SPECIES, to, fourth);
    FloatVector dNext = FloatVector.fromArray(SPECIES, to, fourth + LANES);
    for (int t = 0; t < tokens; t++) {
      FloatVector y = FloatVector.fromArray(SPECIES, held, v + t * step);
      FloatVector yNext = FloatVector.fromArray(SPECIES, held, v + t * step + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, held[k + t * step]);
      a = x.fma(y, a);
      aNext = x.fma(yNext, aNext);
      x = FloatVector.broadcast(SPECIES, held[k + t * step + 1]);
      b = x.fma(y, b);
      bNext = x.fma(yNext, bNext);
      x = FloatVector.broadcast(SPECIES, held[k + t * step + 2]);
      c = x.fma(y, c);
      cNext = x.fma(yNext, cNext);
      x = FloatVector.broadcast(SPECIES, held[k + t * step + 3]);
      d = x.fma(y, d);
      dNext = x.fma(yNext, dNext);
    }
    a.intoArray(to, result);
    aNext.intoArray(to, result + LANES);
    b.intoArray(to, second);
    bNext.intoArray(to, second + LANES);
    c.intoArray(to, third);
    cNext.intoArray(to, third + LANES);
    d.intoArray(to, fourth);
    dNext.intoArray(to, fourth + LANES);
  }

  private static void addRow(
      float[] held, int k, int v, int step, int tokens, float[] to, int result, int columns) {
    for (int t = 0; t < tokens; t++) {
      StepSums.addedOuter(held, k + t * step, held, v + t * step, to, result, 1, columns);
    }
  }
}
