package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The tasks of a memory, all operands being parts of one array in the order of the constants.
 * {@code control} has the rows and the time, {@code gates} the input gate as bit 0 and the forget
 * gate as bit 1.
 */
final class MemoryTasks {
  /** Multiplies q. */
  static final float SCALE = 0.3f;

  /** Floats before the first operand and before the workspace. */
  static final int GAP = 3;

  static final int Q = 0;
  static final int K = 1;
  static final int V = 2;
  static final int DY = 3;
  static final int INPUT = 4;
  static final int FORGET = 5;
  static final int Y = 6;
  static final int DIVISOR = 7;
  static final int MAX = 8;
  static final int DQ = 9;
  static final int DK = 10;
  static final int DV = 11;
  static final int DINPUT = 12;
  static final int DFORGET = 13;
  static final int END = 14;

  private MemoryTasks() {}

  /** Where an operand begins. */
  static int at(int operand, int capacity, int heads, int keyWidth, int valueWidth) {
    int tokens = capacity * heads;
    int at = GAP;
    at += operand > Q ? tokens * keyWidth : 0;
    at += operand > K ? tokens * keyWidth : 0;
    at += operand > V ? tokens * valueWidth : 0;
    at += operand > DY ? tokens * valueWidth : 0;
    at += operand > INPUT ? tokens : 0;
    at += operand > FORGET ? tokens : 0;
    at += operand > Y ? tokens * valueWidth : 0;
    at += operand > DIVISOR ? tokens : 0;
    at += operand > MAX ? tokens : 0;
    at += operand > DQ ? tokens * keyWidth : 0;
    at += operand > DK ? tokens * keyWidth : 0;
    at += operand > DV ? tokens * valueWidth : 0;
    at += operand > DINPUT ? tokens : 0;
    at += operand > DFORGET ? tokens : 0;
    return at;
  }

  static void gates(
      KernelContext context,
      IntArray control,
      FloatArray data,
      IntArray firstKeys,
      FloatArray work,
      int capacity,
      int heads,
      int keyWidth,
      int valueWidth,
      int normalizer,
      int gates) {
    MemoryKernels.gates(
        context,
        data,
        at(INPUT, capacity, heads, keyWidth, valueWidth),
        data,
        at(FORGET, capacity, heads, keyWidth, valueWidth),
        data,
        at(MAX, capacity, heads, keyWidth, valueWidth),
        firstKeys,
        work,
        GAP,
        control.get(0),
        control.get(1),
        heads,
        keyWidth,
        gates & 1,
        gates & 2);
  }

  static void increments(
      KernelContext context,
      IntArray control,
      FloatArray data,
      IntArray firstKeys,
      FloatArray work,
      int capacity,
      int heads,
      int keyWidth,
      int valueWidth,
      int normalizer,
      int gates) {
    MemoryKernels.increments(
        context,
        data,
        at(K, capacity, heads, keyWidth, valueWidth),
        data,
        at(V, capacity, heads, keyWidth, valueWidth),
        work,
        GAP,
        control.get(0),
        control.get(1),
        heads,
        keyWidth,
        valueWidth);
  }

  static void scan(
      KernelContext context,
      IntArray control,
      FloatArray data,
      IntArray firstKeys,
      FloatArray work,
      int capacity,
      int heads,
      int keyWidth,
      int valueWidth,
      int normalizer,
      int gates) {
    MemoryKernels.scan(
        context, work, GAP, control.get(0), control.get(1), heads, keyWidth, valueWidth);
  }

  static void scores(
      KernelContext context,
      IntArray control,
      FloatArray data,
      IntArray firstKeys,
      FloatArray work,
      int capacity,
      int heads,
      int keyWidth,
      int valueWidth,
      int normalizer,
      int gates) {
    MemoryKernels.scores(
        context,
        data,
        at(Q, capacity, heads, keyWidth, valueWidth),
        data,
        at(K, capacity, heads, keyWidth, valueWidth),
        data,
        at(DIVISOR, capacity, heads, keyWidth, valueWidth),
        data,
        at(MAX, capacity, heads, keyWidth, valueWidth),
        work,
        GAP,
        control.get(0),
        control.get(1),
        heads,
        keyWidth,
        valueWidth,
        SCALE,
        normalizer);
  }

  static void outputs(
      KernelContext context,
      IntArray control,
      FloatArray data,
      IntArray firstKeys,
      FloatArray work,
      int capacity,
      int heads,
      int keyWidth,
      int valueWidth,
      int normalizer,
      int gates) {
    MemoryKernels.outputs(
        context,
        data,
        at(Q, capacity, heads, keyWidth, valueWidth),
        data,
        at(V, capacity, heads, keyWidth, valueWidth),
        data,
        at(Y, capacity, heads, keyWidth, valueWidth),
        work,
        GAP,
        control.get(0),
        control.get(1),
        heads,
        keyWidth,
        valueWidth);
  }

  static void readout(
      KernelContext context,
      IntArray control,
      FloatArray data,
      IntArray firstKeys,
      FloatArray work,
      int capacity,
      int heads,
      int keyWidth,
      int valueWidth,
      int normalizer,
      int gates) {
    MemoryGradientKernels.readout(
        context,
        data,
        at(Y, capacity, heads, keyWidth, valueWidth),
        data,
        at(DY, capacity, heads, keyWidth, valueWidth),
        data,
        at(DIVISOR, capacity, heads, keyWidth, valueWidth),
        data,
        at(MAX, capacity, heads, keyWidth, valueWidth),
        work,
        GAP,
        control.get(0),
        heads,
        valueWidth,
        SCALE,
        normalizer);
  }

  static void slopeIncrements(
      KernelContext context,
      IntArray control,
      FloatArray data,
      IntArray firstKeys,
      FloatArray work,
      int capacity,
      int heads,
      int keyWidth,
      int valueWidth,
      int normalizer,
      int gates) {
    MemoryGradientKernels.slopeIncrements(
        context,
        data,
        at(Q, capacity, heads, keyWidth, valueWidth),
        data,
        at(DY, capacity, heads, keyWidth, valueWidth),
        work,
        GAP,
        control.get(0),
        control.get(1),
        heads,
        keyWidth,
        valueWidth);
  }

  static void slopeScan(
      KernelContext context,
      IntArray control,
      FloatArray data,
      IntArray firstKeys,
      FloatArray work,
      int capacity,
      int heads,
      int keyWidth,
      int valueWidth,
      int normalizer,
      int gates) {
    MemoryGradientKernels.slopeScan(
        context, work, GAP, control.get(0), control.get(1), heads, keyWidth, valueWidth);
  }

  static void scoreSlopes(
      KernelContext context,
      IntArray control,
      FloatArray data,
      IntArray firstKeys,
      FloatArray work,
      int capacity,
      int heads,
      int keyWidth,
      int valueWidth,
      int normalizer,
      int gates) {
    MemoryGradientKernels.scoreSlopes(
        context,
        data,
        at(Q, capacity, heads, keyWidth, valueWidth),
        data,
        at(K, capacity, heads, keyWidth, valueWidth),
        data,
        at(V, capacity, heads, keyWidth, valueWidth),
        data,
        at(DY, capacity, heads, keyWidth, valueWidth),
        work,
        GAP,
        control.get(0),
        control.get(1),
        heads,
        keyWidth,
        valueWidth,
        SCALE);
  }

  static void gradientOfQueries(
      KernelContext context,
      IntArray control,
      FloatArray data,
      IntArray firstKeys,
      FloatArray work,
      int capacity,
      int heads,
      int keyWidth,
      int valueWidth,
      int normalizer,
      int gates) {
    MemoryGradientKernels.gradientOfQueries(
        context,
        data,
        at(Q, capacity, heads, keyWidth, valueWidth),
        data,
        at(K, capacity, heads, keyWidth, valueWidth),
        data,
        at(DY, capacity, heads, keyWidth, valueWidth),
        data,
        at(DQ, capacity, heads, keyWidth, valueWidth),
        work,
        GAP,
        control.get(0),
        control.get(1),
        heads,
        keyWidth,
        valueWidth);
  }

  static void gradientOfKeys(
      KernelContext context,
      IntArray control,
      FloatArray data,
      IntArray firstKeys,
      FloatArray work,
      int capacity,
      int heads,
      int keyWidth,
      int valueWidth,
      int normalizer,
      int gates) {
    MemoryGradientKernels.gradientOfKeys(
        context,
        data,
        at(Q, capacity, heads, keyWidth, valueWidth),
        data,
        at(K, capacity, heads, keyWidth, valueWidth),
        data,
        at(V, capacity, heads, keyWidth, valueWidth),
        data,
        at(DK, capacity, heads, keyWidth, valueWidth),
        work,
        GAP,
        control.get(0),
        control.get(1),
        heads,
        keyWidth,
        valueWidth);
  }

  static void gradientOfValues(
      KernelContext context,
      IntArray control,
      FloatArray data,
      IntArray firstKeys,
      FloatArray work,
      int capacity,
      int heads,
      int keyWidth,
      int valueWidth,
      int normalizer,
      int gates) {
    MemoryGradientKernels.gradientOfValues(
        context,
        data,
        at(K, capacity, heads, keyWidth, valueWidth),
        data,
        at(DY, capacity, heads, keyWidth, valueWidth),
        data,
        at(DV, capacity, heads, keyWidth, valueWidth),
        work,
        GAP,
        control.get(0),
        control.get(1),
        heads,
        keyWidth,
        valueWidth);
  }

  static void gradientOfGates(
      KernelContext context,
      IntArray control,
      FloatArray data,
      IntArray firstKeys,
      FloatArray work,
      int capacity,
      int heads,
      int keyWidth,
      int valueWidth,
      int normalizer,
      int gates) {
    MemoryGradientKernels.gradientOfGates(
        context,
        data,
        at(DINPUT, capacity, heads, keyWidth, valueWidth),
        data,
        at(DFORGET, capacity, heads, keyWidth, valueWidth),
        work,
        GAP,
        control.get(0),
        control.get(1),
        heads,
        keyWidth,
        valueWidth,
        gates & 1,
        gates & 2);
  }
}
