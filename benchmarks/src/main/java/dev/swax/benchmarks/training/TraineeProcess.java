package dev.swax.benchmarks.training;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A trainee in its own process, which works only while it is asked to. */
final class TraineeProcess implements AutoCloseable {
  private final String name;
  private final Precision precision;
  private final Process process;
  private final PrintWriter input;
  private final BufferedReader output;
  private final List<StepResult> results = new ArrayList<>();
  private final List<Double> seconds = new ArrayList<>();

  private TraineeProcess(String name, Precision precision, Process process) {
    this.name = name;
    this.precision = precision;
    this.process = process;
    input = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts a main class with this process's class path and waits until it is ready. */
  static TraineeProcess start(
      String name, Class<?> main, List<String> flags, List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:MaxRAMPercentage=25",
            "-XX:-UsePerfData"));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return start(name, Precision.FP32, command);
  }

  /** Starts a command that does what {@link TraineeLoop} does and waits until it is ready. */
  static TraineeProcess start(String name, Precision precision, List<String> command)
      throws IOException {
    var builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    var trainee = new TraineeProcess(name, precision, builder.start());
    trainee.answer("ready");
    return trainee;
  }

  /** Has every side do one step a round, in turn, first forwards, then backwards. */
  static void rounds(List<TraineeProcess> sides, int rounds) throws IOException {
    for (int round = 0; round < rounds; round++) {
      round(sides, round);
    }
  }

  /** Has every side do one step: forwards in even rounds, backwards in odd ones. */
  static void round(List<TraineeProcess> sides, int round) throws IOException {
    for (TraineeProcess side : round % 2 == 0 ? sides : sides.reversed()) {
      side.step();
    }
  }

  String name() {
    return name;
  }

  Precision precision() {
    return precision;
  }

  /** The last rounds. */
  Measurement measurement(int rounds, boolean agrees) throws IOException {
    List<Double> last = seconds.subList(seconds.size() - rounds, seconds.size());
    return new Measurement(name, precision, last, peakMemory(), agrees);
  }

  /** Does a step. */
  void step() throws IOException {
    input.println("step");
    String[] words = answer("step");
    results.add(new StepResult(Double.parseDouble(words[1]), Double.parseDouble(words[2])));
    seconds.add(Double.parseDouble(words[3]) / 1e9);
  }

  /** Writes the gradients of the last step. */
  void writeGradients(Path file) throws IOException {
    input.println("gradients " + file);
    answer("gradients");
  }

  /** What each step so far found. */
  List<StepResult> results() {
    return results;
  }

  /** What each step so far took. */
  List<Double> seconds() {
    return seconds;
  }

  /** Most bytes that were resident. */
  long peakMemory() throws IOException {
    input.println("memory");
    return Long.parseLong(answer("memory")[1]);
  }

  /** What it tells about itself. */
  String report() throws IOException {
    input.println("report");
    var text = new StringBuilder();
    for (String line = line(); !line.equals("end"); line = line()) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  private String[] answer(String wanted) throws IOException {
    String[] words = line().split(" ", -1);
    if (!words[0].equals(wanted)) {
      throw new IOException("%s answered %s, not %s".formatted(name, words[0], wanted));
    }
    return words;
  }

  private String line() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException(name + " ended; its message is above");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    input.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
    output.close();
  }
}
