package dev.swax.benchmarks.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What each memory costs: against the first one, on longer sequences, and against PyTorch's best
 * form of the same cell. All sides of a memory do one step a round, in turn.
 */
public final class Memories {
  private static final String PYTORCH = "PyTorch ";

  private List<String> memories =
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

  /** What each is compared to: the first one where nothing is said. */
  private String beside = "";

  private List<Integer> sequences = List.of(512, 8192);
  private int rounds = 7;
  private int warmup = 12;
  private int threads = 2;
  private Path peer = Path.of("benchmarks", "memories.py");
  private String python = "";

  /** {@code benchmarks/memories} says the arguments. */
  public static void main(String[] arguments) throws IOException {
    var memories = new Memories();
    for (String argument : arguments) {
      memories.set(argument.split("=", 2));
    }
    memories.run();
  }

  private void set(String[] pair) {
    String value = pair.length == 2 ? pair[1] : "";
    switch (pair[0]) {
      case "memories" -> memories = List.of(value.split(","));
      case "beside" -> beside = value;
      case "sequences" ->
          sequences = Arrays.stream(value.split(",")).map(Integer::valueOf).toList();
      case "rounds" -> rounds = Integer.parseInt(value);
      case "warmup" -> warmup = Integer.parseInt(value);
      case "threads" -> threads = Integer.parseInt(value);
      case "peer" -> peer = Path.of(value);
      case "python" -> python = value;
      default -> throw new IllegalArgumentException("no argument " + pair[0]);
    }
  }

  private void run() throws IOException {
    beside = beside.isEmpty() ? memories.getFirst() : beside;
    System.out.println(Machine.describe(threads));
    System.out.printf(
        "| memory | sequence | tok/s best | median | of %s | of %d | PyTorch | swax is |%n",
        beside, sequences.getFirst());
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (String memory : memories) {
      measure(memory);
    }
  }

  /** The sides of one memory, a list for each sequence: the memory, the first one, PyTorch. */
  private void measure(String memory) throws IOException {
    var all = new ArrayList<List<TraineeProcess>>();
    try {
      for (int sequence : sequences) {
        var sides = new ArrayList<TraineeProcess>();
        all.add(sides);
        sides.add(swax(memory, sequence));
        sides.add(memory.equals(beside) ? sides.getFirst() : first(sequence));
        if (!python.isEmpty()) {
          sides.add(torch(memory, sequence));
        }
      }
      List<TraineeProcess> apart = all.stream().flatMap(List::stream).distinct().toList();
      warmUp(apart);
      TraineeProcess.rounds(apart, rounds);
      Measurement shortest = all.getFirst().getFirst().measurement(rounds, true);
      for (int i = 0; i < all.size(); i++) {
        print(memory, sequences.get(i), all.get(i), shortest);
      }
    } finally {
      for (TraineeProcess side : all.stream().flatMap(List::stream).distinct().toList()) {
        side.close();
      }
    }
  }

  /** Java compiles what it has run for a while; PyTorch is as fast from its second step on. */
  private void warmUp(List<TraineeProcess> sides) throws IOException {
    for (TraineeProcess side : sides) {
      TraineeProcess.rounds(List.of(side), side.name().startsWith(PYTORCH) ? 1 : warmup);
    }
  }

  private TraineeProcess first(int sequence) throws IOException {
    return swax(beside, sequence);
  }

  private TraineeProcess swax(String memory, int sequence) throws IOException {
    return MemoryTrainee.start("swax " + memory, memory + "()", sequence, threads);
  }

  private TraineeProcess torch(String memory, int sequence) throws IOException {
    return TraineeProcess.start(
        PYTORCH + memory,
        Precision.FP32,
        List.of(
            python,
            peer.toString(),
            memory,
            Integer.toString(sequence),
            Integer.toString(threads)));
  }

  private void print(String memory, int sequence, List<TraineeProcess> sides, Measurement shortest)
      throws IOException {
    Measurement swax = sides.get(0).measurement(rounds, true);
    Measurement torch = sides.size() > 2 ? sides.get(2).measurement(rounds, true) : null;
    System.out.printf(
        Locale.ROOT,
        "| %s | %,d | %,.0f | %,.0f | %.2f | %.2f | %s | %s |%n",
        memory,
        sequence,
        MemoryTrainee.SIZES.tokens() / swax.best(),
        MemoryTrainee.SIZES.tokens() / swax.median(),
        swax.speedOver(sides.get(1).measurement(rounds, true)),
        swax.speedOver(shortest),
        torch == null ? "" : "%,.0f".formatted(MemoryTrainee.SIZES.tokens() / torch.best()),
        torch == null ? "" : "%.2f times".formatted(swax.speedOver(torch)));
  }
}
