package dev.swax.runtime.kernel.attention;

import static dev.swax.runtime.kernel.attention.AttentionForward.KEYS;
import static dev.swax.runtime.kernel.attention.AttentionForward.STRIDE;
import static dev.swax.runtime.kernel.attention.AttentionForward.UNSEEN;

import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.TileCopy;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.VectorMath;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;

/**
 * Attention of one query a sequence, as generation has it for each token. A part is some heads of a
 * sequence: it reads their keys and values once, as rows of all of them. Tiles of keys, and every
 * sum, are those of {@link AttentionForward}, so a query has the bits that it has beside others.
 */
final class SingleQuery implements Task {
  private static final int LANES = TileProduct.LANES;

  private final Team team;
  private final Scratch[] scratches;
  private AttentionCall call = AttentionCall.NONE;
  private int groups;

  SingleQuery(Team team) {
    this.team = team;
    scratches = new Scratch[team.threads()];
    Arrays.setAll(scratches, _ -> new Scratch());
  }

  void run(AttentionCall of) {
    call = of;
    groups = Math.min(team.threads(), of.shape().heads());
    team.run(this, of.band().batch() * groups);
  }

  @Override
  public void run(int part) {
    int b = part / groups;
    int heads = call.shape().heads();
    int group = part % groups;
    Scratch s = scratches[team.worker()];
    start(s, b, heads * group / groups, heads * (group + 1) / groups);
    int first = call.firstKey(b, 0);
    if (first > 0) {
      tiles(s, b, 0, call.band().anchor());
    }
    tiles(s, b, first, call.band().keys());
    finish(s, b);
  }

  private void start(Scratch s, int b, int firstHead, int endHead) {
    AttentionShape shape = call.shape();
    s.firstHead = firstHead;
    s.heads = endHead - firstHead;
    s.firstKeyHead = keyHead(firstHead);
    s.keyHeads = keyHead(endHead - 1) - s.firstKeyHead + 1;
    s.valueStride = TileProduct.padColumns(shape.valueWidth());
    s.grow(shape);
    int columns = s.heads * shape.headWidth();
    TileCopy.load(call.q(), call.query(b, 0, firstHead), 0, 1, columns, call.scale(), s.q, 0, 0);
    Tensor sinks = call.sinks();
    for (int r = 0; r < s.heads; r++) {
      s.max[r] = sinks == null ? UNSEEN : sinks.get(firstHead + r);
      s.sum[r] = sinks == null ? 0 : 1;
    }
    Arrays.fill(s.output, 0, s.heads * s.valueStride, 0);
  }

  private int keyHead(int head) {
    return (int) ((long) head * call.shape().keyHeads() / call.shape().heads());
  }

  private void tiles(Scratch s, int b, int from, int to) {
    for (int key = from; key < to; key += KEYS) {
      int keys = Math.min(KEYS, to - key);
      scores(s, b, key, keys);
      for (int r = 0; r < s.heads; r++) {
        softmax(s, r, keys);
      }
      addWeighted(s, b, key, keys);
    }
  }

  private void scores(Scratch s, int b, int key, int keys) {
    int width = call.shape().headWidth();
    int columns = s.keyHeads * width;
    long from = call.key(b, key, s.firstKeyHead);
    TileCopy.load(call.k(), from, call.keyStride(), keys, columns, 1f, s.tile, 0, columns);
    for (int r = 0; r < s.heads; r++) {
      int at = (keyHead(s.firstHead + r) - s.firstKeyHead) * width;
      QueryProducts.scores(s.q, r * width, s.tile, at, columns, keys, width, s.scores, r * STRIDE);
    }
  }

  /** Turns scores into exponentials, and brings m, l and O to the new maximum. */
  private void softmax(Scratch s, int r, int keys) {
    int from = r * STRIDE;
    int to = from + TileProduct.padColumns(keys);
    if (call.shape().cap() > 0) {
      TileMath.softCap(s.scores, from, to, (float) call.shape().cap());
    }
    Arrays.fill(s.scores, from + keys, to, UNSEEN);
    float before = s.max[r];
    float max = TileMath.largest(s.scores, from, to, before);
    TileMath.exponentiate(s.scores, from, to, Math.max(max, UNSEEN / 2));
    TileMath.sumVectors(s.scores, from, to, s.lanes, 0);
    TileMath.sumLanes(s.lanes, s.sums, 1);
    float keep = VectorMath.exp(before - max);
    s.max[r] = max;
    s.sum[r] = s.sum[r] * keep + s.sums[0];
    if (keep != 1f) {
      TileMath.scale(s.output, r * s.valueStride, (r + 1) * s.valueStride, keep);
    }
  }

  private void addWeighted(Scratch s, int b, int key, int keys) {
    int width = call.shape().valueWidth();
    int columns = s.keyHeads * width;
    long from = call.value(b, key, s.firstKeyHead);
    TileCopy.load(call.v(), from, call.valueStride(), keys, columns, 1f, s.tile, 0, columns);
    for (int r = 0; r < s.heads; r++) {
      int at = (keyHead(s.firstHead + r) - s.firstKeyHead) * width;
      int stride = s.valueStride;
      QueryProducts.addWeighted(
          s.scores, r * STRIDE, s.tile, at, columns, keys, stride, s.output, r * stride);
    }
  }

  private void finish(Scratch s, int b) {
    for (int r = 0; r < s.heads; r++) {
      s.max[r] += VectorMath.log(s.sum[r]);
      s.sum[r] = 1 / s.sum[r];
    }
    TileCopy.scatter(s.max, call.logSumExp(), call.sum(b, 0, s.firstHead), 1, s.heads);
    TileMath.scaleRows(s.output, s.sum, 0, s.output, s.valueStride, s.heads);
    int width = call.shape().valueWidth();
    long to = call.output(b, 0, s.firstHead);
    TileCopy.store(s.output, 0, s.valueStride, s.heads, width, 1f, false, call.y(), to, width);
  }

  /** Bytes held between calls. */
  long workspaceBytes() {
    long bytes = 0;
    for (Scratch s : scratches) {
      bytes += 4L * (s.q.length + s.tile.length + s.scores.length + s.output.length);
    }
    return bytes;
  }

  /** What a thread works on: some heads, and the key heads that they read. */
  private static final class Scratch {
    private int firstHead;
    private int heads;
    private int firstKeyHead;
    private int keyHeads;
    private int valueStride;
    private float[] q = new float[0];
    private float[] tile = new float[0];
    private float[] scores = new float[0];
    private float[] output = new float[0];
    private float[] max = new float[0];
    private float[] sum = new float[0];
    private final float[] lanes = new float[LANES];
    private final float[] sums = new float[1];

    void grow(AttentionShape shape) {
      q = atLeast(heads * shape.headWidth(), q);
      int columns = keyHeads * Math.max(shape.headWidth(), shape.valueWidth());
      tile = atLeast(KEYS * columns + LANES, tile); // the last row is read in whole vectors
      scores = atLeast(heads * STRIDE, scores);
      output = atLeast(heads * valueStride, output);
      max = atLeast(heads, max);
      sum = atLeast(heads, sum);
    }

    private static float[] atLeast(int length, float[] array) {
      return array.length < length ? new float[length] : array;
    }
  }
}
