package dev.swax.runtime.kernel.conv;

import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.team.Team;
import java.util.List;

/**
 * A causal convolution over time, each channel with a filter of its own: {@code y_t = sum over j of
 * weight[j] * input_{t-j}}. Row 0 of the weight is for the token itself, row {@code width - 1} for
 * the oldest one. Its state is the last {@code width - 1} tokens, the oldest first.
 *
 * @param channels of a token
 * @param width of the filters, in tokens
 */
public record ConvShape(int channels, int width) implements RecurrenceShape {
  private static final List<String> OPERANDS = List.of("input", "weight");
  private static final List<String> PARAMETERS = List.of("weight");
  private static final List<String> RESULTS = List.of("y");
  private static final List<String> STATES = List.of("last");

  @Override
  public String name() {
    return "conv";
  }

  @Override
  public List<String> operands() {
    return OPERANDS;
  }

  @Override
  public List<String> parameters() {
    return PARAMETERS;
  }

  @Override
  public int rows(String parameter) {
    return width;
  }

  @Override
  public List<String> results() {
    return RESULTS;
  }

  @Override
  public List<String> states() {
    return STATES;
  }

  @Override
  public int columns(String name) {
    return name.equals("last") ? (width - 1) * channels : channels;
  }

  @Override
  public int stateRows() {
    return width - 1;
  }

  @Override
  public int stateColumns() {
    return channels;
  }

  @Override
  public long stateNumbers() {
    return columns("last");
  }

  /** A product and a sum for each weight. */
  @Override
  public long stateOperations() {
    return 2L * width * channels;
  }

  @Override
  public long workspace(int batch, int time) {
    return VectorConv.floats(this, batch, time);
  }

  @Override
  public RecurrenceKernel scalarKernel() {
    return new ScalarConv();
  }

  @Override
  public RecurrenceKernel vectorKernel(Team team) {
    return new VectorConv(team);
  }
}
