package dev.swax.runtime.kernel;

import dev.swax.runtime.kernel.attention.AttentionCase;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.attention.VectorAttention;
import dev.swax.runtime.kernel.delta.DeltaShape;
import dev.swax.runtime.kernel.dplr.DplrShape;
import dev.swax.runtime.kernel.gla.GlaShape;
import dev.swax.runtime.kernel.matrix.MatrixCase;
import dev.swax.runtime.kernel.memory.MemoryCase;
import dev.swax.runtime.kernel.memory.MemoryShape;
import dev.swax.runtime.kernel.memory.VectorMemory;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.kernel.team.Team;
import java.lang.foreign.Arena;

/** Times attention and memories at the sizes of a small model; run by hand. */
final class MixerBenchmark {
  private MixerBenchmark() {}

  public static void main(String[] args) {
    int threads = args.length > 0 ? Integer.parseInt(args[0]) : 2;
    try (Team team = new Team(threads)) {
      var attention = new VectorAttention(team);
      attention(attention, 1, 8192, 128);
      attention(attention, 16, 512, 128);
      attention(attention, 1, 8192, 128);
      attention(attention, 16, 512, 512);
      attention(attention, 4, 2048, 2048);
      var memory = new VectorMemory(team);
      memory(memory, 1, 8192);
      memory(memory, 16, 512);
      memory(memory, 1, 8192);
      delta(team, 1, 8192);
      delta(team, 16, 512);
      gla(team, 1, 8192);
      gla(team, 16, 512);
      dplr(team, 1, 8192);
      dplr(team, 16, 512);
    }
  }

  private static void attention(VectorAttention attention, int batch, int time, int window) {
    try (Arena arena = Arena.ofShared()) {
      var one = new AttentionCase(arena, new AttentionShape(4, 4, 64), batch, time, 0, window, 1);
      double pairs = 0;
      for (int t = 0; t < time; t++) {
        pairs += Math.min(t + 1, window);
      }
      double flops = 4.0 * batch * pairs * 64;
      String name = "attention %dx%d window %d".formatted(batch, time, window);
      report(name + " forward", 2 * flops, () -> one.vectorForward(attention));
      report(name + " backward", 5 * flops, () -> one.vectorGradient(attention));
    }
  }

  private static void memory(VectorMemory memory, int batch, int time) {
    try (Arena arena = Arena.ofShared()) {
      int key = 32;
      int value = 64;
      var shape =
          new MemoryShape(4, key, value, 0.2f, MemoryShape.Normalizer.MAX_ABS_ONE, true, true);
      var one = new MemoryCase(arena, shape, batch, time, 1);
      // Twice the state, and half of the chunk of 64: what is useful of the chunkwise form.
      double flops = 8192.0 * 4 * (4.0 * key * value + 64.0 * (key + value));
      String name = "memory %dx%d".formatted(batch, time);
      report(name + " forward", flops, () -> one.forward(memory));
      report(name + " backward", 2.5 * flops, () -> one.gradient(memory));
    }
  }

  private static void delta(Team team, int batch, int time) {
    try (Arena arena = Arena.ofShared()) {
      int key = 32;
      int value = 64;
      var shape = new DeltaShape(4, key, value, 0.2f, true);
      RecurrenceKernel kernel = shape.vectorKernel(team);
      var one = new MatrixCase(arena, shape, batch, time, 1);
      // Three times the state, and half of the chunk of 64 for the keys, what they read and write.
      double flops = 8192.0 * 4 * (6.0 * key * value + 64.0 * (3 * key + 2 * value));
      String name = "delta %dx%d".formatted(batch, time);
      report(name + " forward", flops, () -> one.forward(kernel));
      report(name + " backward", 2.5 * flops, () -> one.gradient(kernel));
    }
  }

  private static void gla(Team team, int batch, int time) {
    try (Arena arena = Arena.ofShared()) {
      int key = 32;
      int value = 64;
      var shape = new GlaShape(4, key, value, 0.2f);
      RecurrenceKernel kernel = shape.vectorKernel(team);
      var one = new MatrixCase(arena, shape, batch, time, 1);
      // Twice the state, and half of the block of 16: what is useful of the chunkwise form.
      double flops = 8192.0 * 4 * (4.0 * key * value + 16.0 * (key + value));
      String name = "gla %dx%d".formatted(batch, time);
      report(name + " forward", flops, () -> one.forward(kernel));
      report(name + " backward", 2.5 * flops, () -> one.gradient(kernel));
    }
  }

  private static void dplr(Team team, int batch, int time) {
    try (Arena arena = Arena.ofShared()) {
      int key = 32;
      int value = 64;
      var shape = new DplrShape(4, key, value, 0.2f);
      RecurrenceKernel kernel = shape.vectorKernel(team);
      var one = new MatrixCase(arena, shape, batch, time, 1);
      // Four times the state, and four halves of the block of 16.
      double flops = 8192.0 * 4 * (8.0 * key * value + 32.0 * (key + value));
      String name = "dplr %dx%d".formatted(batch, time);
      report(name + " forward", flops, () -> one.forward(kernel));
      report(name + " backward", 2.5 * flops, () -> one.gradient(kernel));
    }
  }

  private static void report(String name, double flops, Runnable run) {
    double[] seconds = new double[60];
    for (int i = 0; i < seconds.length; i++) {
      long start = System.nanoTime();
      run.run();
      seconds[i] = (System.nanoTime() - start) * 1e-9;
    }
    java.util.Arrays.sort(seconds);
    System.out.printf(
        "%-40s best %6.2f ms  median %6.2f ms  %6.1f GFLOP/s%n",
        name, seconds[0] * 1e3, seconds[30] * 1e3, flops / seconds[0] * 1e-9);
  }
}
