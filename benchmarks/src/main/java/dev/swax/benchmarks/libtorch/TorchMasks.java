package dev.swax.benchmarks.libtorch;

import dev.swax.benchmarks.training.Sizes;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Constants of attention: rotations, and masks that are added to scores. */
final class TorchMasks {
  private static final float HIDDEN = Float.NEGATIVE_INFINITY;

  private TorchMasks() {}

  /** {@code e^(i t theta^(-2 j / K))}, complex, [T, 1, K / 2]. */
  static Tensor rotations(long time) {
    int pairs = Sizes.HEAD_WIDTH / 2;
    float[] values = new float[Math.toIntExact(time) * pairs * 2];
    for (int t = 0; t < time; t++) {
      for (int j = 0; j < pairs; j++) {
        double angle = t * Math.pow(Sizes.ROPE_THETA, -2.0 * j / Sizes.HEAD_WIDTH);
        values[2 * (t * pairs + j)] = (float) Math.cos(angle);
        values[2 * (t * pairs + j) + 1] = (float) Math.sin(angle);
      }
    }
    return torch.view_as_complex(torch.tensor(values).view(time, 1, pairs, 2));
  }

  /** [T, T]: 0 where a query sees a key, else minus infinity. */
  static Tensor band(long time, int window) {
    float[] values = new float[Math.toIntExact(time * time)];
    for (int t = 0; t < time; t++) {
      for (int s = 0; s < time; s++) {
        values[Math.toIntExact(t * time + s)] = s <= t && s > t - window ? 0 : HIDDEN;
      }
    }
    return torch.tensor(values).view(time, time);
  }

  /** [B T / block, 1, block, window + block]; keys before the sequence are hidden. */
  static Tensor blocks(long batch, long time, int window, long block) {
    int blocks = Math.toIntExact(time / block);
    int keys = Math.toIntExact(window + block);
    float[] values = new float[Math.toIntExact(blocks * block * keys)];
    int at = 0;
    for (int i = 0; i < blocks; i++) {
      for (int t = 0; t < block; t++) {
        for (int j = 0; j < keys; j++) {
          boolean before = i * block + j < window;
          int distance = t + window - j;
          values[at++] = !before && distance >= 0 && distance < window ? 0 : HIDDEN;
        }
      }
    }
    return torch
        .tensor(values)
        .view(1, blocks, 1, block, keys)
        .expand(batch, blocks, 1, block, keys)
        .reshape(batch * blocks, 1, block, keys);
  }
}
