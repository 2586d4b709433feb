package dev.swax.benchmarks.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What {@link Memories} measures; {@code benchmarks/memories} says the arguments. */
final class MemoriesPlan {
  private static final List<String> KNOWN =
      List.of(
          "mlstm",
          "linear_attention",
          "retention",
          "delta_net",
          "gated_delta",
          "delta_product",
          "gla",
          "hgrn2",
          "kda",
          "rwkv7",
          "min_gru",
          "rg_lru",
          "mamba2",
          "s6",
          "slstm");

  /** Tokens of the peer's chunks. */
  private static final int UNIT = 64;

  private List<String> memories = KNOWN;
  private List<String> beside = List.of();
  private List<String> alone = List.of();
  private List<Integer> sequences = List.of(512, MemoryTrainee.SIZES.tokens());
  private int rounds = 7;
  private int warmup = 12;
  private int threads = 2;
  private Path peer = Path.of("benchmarks", "memories.py");
  private String python = "";
  private boolean profile;

  private MemoriesPlan() {}

  /**
   * Reads {@code key=value} arguments.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  static MemoriesPlan of(String[] arguments) {
    var plan = new MemoriesPlan();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      plan.set(
          equals < 0 ? argument : argument.substring(0, equals),
          equals < 0 ? "" : argument.substring(equals + 1));
    }
    plan.checkPeer();
    return plan;
  }

  private void set(String key, String value) {
    switch (key) {
      case "memories" -> memories = known(value);
      case "beside" -> beside = known(value);
      case "alone" -> alone = known(value);
      case "sequences" ->
          sequences = Arrays.stream(value.split(",")).map(MemoriesPlan::length).toList();
      case "rounds" -> rounds = number(key, value);
      case "warmup" -> warmup = number(key, value);
      case "threads" -> threads = number(key, value);
      case "peer" -> peer = Path.of(value);
      case "python" -> python = value;
      case "profile" -> profile = Boolean.parseBoolean(value);
      default ->
          throw new IllegalArgumentException(
              "no argument "
                  + key
                  + "; there are memories=, beside=, alone=, sequences=, rounds=, warmup=,"
                  + " threads=, profile=, python= and peer=");
    }
  }

  private static List<String> known(String value) {
    List<String> names = List.of(value.split(","));
    for (String name : names) {
      if (!KNOWN.contains(name)) {
        throw new IllegalArgumentException(
            "no memory " + name + " is measured; there are " + String.join(", ", KNOWN));
      }
    }
    return names;
  }

  private static int length(String value) {
    int length = number("sequences", value);
    if (length % UNIT != 0 || MemoryTrainee.SIZES.tokens() % length != 0) {
      throw new IllegalArgumentException(
          "sequences of %d: a step has %d tokens, so sequences are 64, 128, 256, ... %d"
              .formatted(length, MemoryTrainee.SIZES.tokens(), MemoryTrainee.SIZES.tokens()));
    }
    return length;
  }

  private static int number(String key, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // The message below says it.
    }
    throw new IllegalArgumentException(key + "=" + value + ": wants a whole number from 1");
  }

  private void checkPeer() {
    if (!python.isEmpty() && !Files.isExecutable(Path.of(python))) {
      throw new IllegalArgumentException("python=" + python + " is no program that can be run");
    }
    if (!python.isEmpty() && !Files.isReadable(peer)) {
      throw new IllegalArgumentException("peer=" + peer + " is not there");
    }
  }

  /** In the order of the table. */
  List<String> memories() {
    return memories;
  }

  /** The memory that all are compared to: the first one where nothing is said. */
  String beside() {
    return beside.isEmpty() ? memories.getFirst() : beside.getFirst();
  }

  /** Lengths of sequences; the first is what the others are compared to. */
  List<Integer> sequences() {
    return sequences;
  }

  /** Measured steps. */
  int rounds() {
    return rounds;
  }

  /** Steps of swax before. */
  int warmup() {
    return warmup;
  }

  int threads() {
    return threads;
  }

  /** Whether PyTorch takes its turn. */
  boolean comparesToPyTorch(String memory) {
    return !python.isEmpty() && !alone.contains(memory);
  }

  /** The command of PyTorch's side. */
  List<String> command(String memory, int sequence) {
    return List.of(
        python, peer.toString(), memory, Integer.toString(sequence), Integer.toString(threads));
  }

  /** Whether to tell where swax's time goes, kernel by kernel. */
  boolean profile() {
    return profile;
  }
}
