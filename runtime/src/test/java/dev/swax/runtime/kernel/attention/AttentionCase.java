package dev.swax.runtime.kernel.attention;

import dev.swax.runtime.kernel.MixerData;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Seeded inputs and the outputs of one attention. */
public final class AttentionCase {
  final AttentionShape shape;
  final int batch;
  final int time;
  final int past;
  final int window;
  int @Nullable [] firstKeys;
  long position;
  int anchor;
  final Tensor q;
  final Tensor k;
  final Tensor v;
  final Tensor y;
  final Tensor logSumExp;
  final Tensor dy;
  final Tensor dq;
  final Tensor dk;
  final Tensor dv;

  /** Of no numbers where the shape has none. */
  final Tensor sinks;

  final Tensor dSinks;

  public AttentionCase(
      Arena arena, AttentionShape shape, int batch, int time, int past, int window, long seed) {
    var random = new SplittableRandom(seed);
    this.shape = shape;
    this.batch = batch;
    this.time = time;
    this.past = past;
    this.window = window;
    int queries = batch * time * shape.heads() * shape.headWidth();
    int outputs = batch * time * shape.heads() * shape.valueWidth();
    int keys = batch * (past + time) * shape.keyHeads() * shape.headWidth();
    int values = batch * (past + time) * shape.keyHeads() * shape.valueWidth();
    q = MixerData.normal(arena, random, queries);
    k = MixerData.normal(arena, random, keys);
    v = MixerData.normal(arena, random, values);
    dy = MixerData.normal(arena, random, outputs);
    y = MixerData.unwritten(arena, outputs);
    logSumExp = MixerData.unwritten(arena, batch * time * shape.heads());
    dq = MixerData.unwritten(arena, queries);
    dk = MixerData.unwritten(arena, keys);
    dv = MixerData.unwritten(arena, values);
    int numbers = shape.sinks() ? shape.heads() : 0;
    sinks = MixerData.normal(arena, random, numbers);
    dSinks = Tensor.allocate(arena, numbers);
  }

  /** Documents of random lengths; sets and gives {@code firstKeys}. Needs past = 0. */
  int[] cutDocuments(long seed, int meanLength) {
    var random = new SplittableRandom(seed);
    int[] first = new int[batch * time];
    for (int row = 0; row < first.length; row++) {
      int t = row % time;
      boolean starts = t == 0 || random.nextInt(meanLength) == 0;
      first[row] = starts ? t : first[row - 1];
    }
    firstKeys = first;
    return first;
  }

  private AttentionCall call() {
    var band = new AttentionBand(batch, time, past, window, firstKeys, position, anchor);
    return new AttentionCall(shape, band, q, k, v, given(sinks), y, logSumExp);
  }

  private @Nullable Tensor given(Tensor x) {
    return shape.sinks() ? x : null;
  }

  AttentionGradientCall gradientCall() {
    return new AttentionGradientCall(call(), dy, dq, dk, dv, given(dSinks));
  }

  AttentionCase scalarForward() {
    new ScalarAttention().forward(call());
    return this;
  }

  AttentionCase scalarGradient() {
    new ScalarAttention().gradient(gradientCall());
    return this;
  }

  public AttentionCase vectorForward(VectorAttention attention) {
    attention.forward(call());
    return this;
  }

  public AttentionCase vectorGradient(VectorAttention attention) {
    attention.gradient(gradientCall());
    return this;
  }
}
