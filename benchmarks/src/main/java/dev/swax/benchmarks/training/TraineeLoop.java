package dev.swax.benchmarks.training;

import dev.swax.runtime.checkpoint.FileOpener;
import dev.swax.runtime.checkpoint.Safetensors;
import dev.swax.runtime.train.ResidentMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Does what standard input says, one command a line: {@code step} answers {@code step LOSS NORM
 * NANOSECONDS}; {@code gradients FILE} writes those of the last step and answers {@code gradients};
 * {@code memory} answers {@code memory BYTES}, the most that was resident; {@code report} answers
 * what the trainee tells about itself, and {@code end}. End of input ends.
 */
public final class TraineeLoop {
  private final Trainee trainee;
  private final PrintStream output;

  private TraineeLoop(Trainee trainee, PrintStream output) {
    this.trainee = trainee;
    this.output = output;
  }

  /** Serves until end of input, then returns. */
  public static void serve(Trainee trainee) throws IOException {
    var loop = new TraineeLoop(trainee, System.out);
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    loop.output.println("ready");
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      loop.serve(line.split(" ", 2));
    }
  }

  private void serve(String[] command) throws IOException {
    switch (command[0]) {
      case "step" -> step();
      case "gradients" -> {
        try (Arena arena = Arena.ofConfined()) {
          Safetensors.write(Path.of(command[1]), trainee.gradients(arena), FileOpener.disk());
        }
        output.println("gradients");
      }
      case "memory" -> output.println("memory " + ResidentMemory.peakBytes());
      case "report" -> {
        output.print(trainee.report());
        output.println("end");
      }
      default -> throw new IllegalArgumentException("no command " + command[0]);
    }
  }

  private void step() {
    long start = System.nanoTime();
    StepResult result = trainee.step();
    long elapsed = System.nanoTime() - start;
    output.println("step " + result.loss() + " " + result.norm() + " " + elapsed);
  }
}
