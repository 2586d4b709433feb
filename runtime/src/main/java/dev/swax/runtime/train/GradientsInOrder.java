package dev.swax.runtime.train;

import dev.swax.runtime.program.Program;
import dev.swax.runtime.program.UpdateRule;
import java.util.List;

/**
 * Gradients that a program keeps to itself and adds up in the order of the micro-batches: those of
 * one lane, and those on a device.
 */
record GradientsInOrder(Program program) implements StepGradients {
  @Override
  public void begin(int lane) {
    if (lane == 0) {
      program.clearGradients();
    }
  }

  @Override
  public void end(int lane) {}

  @Override
  public double sumOfSquares() {
    return program.sumOfGradientSquares();
  }

  @Override
  public void update(List<UpdateRule> rules, double rate, double scale, long step) {
    if (rules.isEmpty()) {
      program.update(rate, scale, step);
    } else {
      program.update(rules, rate, scale, step);
    }
  }

  @Override
  public void close() {}
}
