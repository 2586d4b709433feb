package dev.swax.runtime.kernel;

import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Memories by chunks, on all threads; same meaning as {@link ScalarMemory}. */
final class VectorMemory {
  /** So few tokens are walked one by one. */
  private static final int FEW = 2;

  private final MemoryCall call = new MemoryCall();
  private final MemoryTiles[] tiles;
  private final MemoryIncrements increments;
  private final MemoryForward forward;
  private final MemoryBackward backward;
  private final MemoryRecurrent recurrent;

  VectorMemory(Team team) {
    tiles = new MemoryTiles[team.threads()];
    Arrays.setAll(tiles, _ -> new MemoryTiles());
    increments = new MemoryIncrements(team, call, tiles);
    forward = new MemoryForward(team, call, tiles, increments);
    backward = new MemoryBackward(team, call, tiles, increments);
    recurrent = new MemoryRecurrent(team, call, tiles);
  }

  /** See {@link Kernels#memory}. */
  void forward(
      Tensor q,
      Tensor k,
      Tensor v,
      @Nullable Tensor logInput,
      @Nullable Tensor logForget,
      Tensor y,
      Tensor divisor,
      Tensor rowMax,
      Tensor state,
      Tensor stateMax,
      MemoryShape shape,
      int batch,
      int time,
      boolean @Nullable [] resets) {
    call.setInputs(q, k, v, logInput, logForget);
    call.setOutputs(y, divisor, rowMax);
    call.setState(state, stateMax);
    call.setSizes(shape, batch, time, resets);
    if (time <= FEW) {
      recurrent.run();
    } else {
      forward.run();
    }
  }

  /** See {@link Kernels#memoryRecurrent}. */
  void recurrent(
      Tensor q,
      Tensor k,
      Tensor v,
      @Nullable Tensor logInput,
      @Nullable Tensor logForget,
      Tensor y,
      Tensor state,
      Tensor stateMax,
      MemoryShape shape,
      int batch,
      int time,
      boolean @Nullable [] resets) {
    call.setInputs(q, k, v, logInput, logForget);
    call.setOutputs(y, null, null);
    call.setState(state, stateMax);
    call.setSizes(shape, batch, time, resets);
    recurrent.run();
  }

  /** See {@link Kernels#memoryGradient}. */
  void gradient(
      Tensor q,
      Tensor k,
      Tensor v,
      @Nullable Tensor logInput,
      @Nullable Tensor logForget,
      Tensor y,
      Tensor divisor,
      Tensor rowMax,
      @Nullable Tensor initialState,
      @Nullable Tensor initialStateMax,
      Tensor dy,
      Tensor dq,
      Tensor dk,
      Tensor dv,
      @Nullable Tensor dLogInput,
      @Nullable Tensor dLogForget,
      @Nullable Tensor dState,
      MemoryShape shape,
      int batch,
      int time,
      boolean @Nullable [] resets) {
    call.setInputs(q, k, v, logInput, logForget);
    call.setOutputs(y, divisor, rowMax);
    call.setState(initialState, initialStateMax);
    call.setGradients(dy, dq, dk, dv, dLogInput, dLogForget, dState);
    call.setSizes(shape, batch, time, resets);
    backward.run();
  }

  /** Bytes held between calls. */
  long workspaceBytes() {
    long bytes = increments.bytes() + forward.bytes() + backward.bytes() + recurrent.bytes();
    for (MemoryTiles each : tiles) {
      bytes += each.bytes();
    }
    return bytes;
  }
}
