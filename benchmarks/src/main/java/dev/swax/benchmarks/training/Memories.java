package dev.swax.benchmarks.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What each memory costs: against the first one, on longer sequences, and against PyTorch's best
 * form of the same cell. All sides of a memory do one step a round, in turn. Progress goes to
 * standard error.
 */
public final class Memories {
  private static final String PYTORCH = "PyTorch ";

  private final MemoriesPlan plan;
  private final long start = System.nanoTime();

  /** What all are compared to, for each sequence; it is warm after the first memory. */
  private final List<TraineeProcess> besides = new ArrayList<>();

  private Memories(MemoriesPlan plan) {
    this.plan = plan;
  }

  /** Exits 2 if an argument is wrong, 1 if a side fails. */
  public static void main(String[] arguments) {
    try {
      new Memories(MemoriesPlan.of(arguments)).run();
    } catch (IllegalArgumentException e) {
      System.err.println("error: " + e.getMessage());
      System.exit(2);
    } catch (IOException e) {
      System.err.println("error: " + e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws IOException {
    System.out.println(Machine.describe(plan.threads()));
    System.out.printf(
        Locale.ROOT,
        "| memory | sequence | tok/s best | median | of %s | of %d | PyTorch | swax is |%n",
        plan.beside(),
        plan.sequences().getFirst());
    System.out.println("|---|---|---|---|---|---|---|---|");
    try {
      progress("warms up", plan.beside());
      for (int sequence : plan.sequences()) {
        besides.add(swax(plan.beside(), sequence));
      }
      warmUp(besides);
      for (String memory : plan.memories()) {
        measure(memory);
      }
    } finally {
      close(besides);
    }
  }

  /** The sides of one memory, a list for each sequence: the memory, the first one, PyTorch. */
  private void measure(String memory) throws IOException {
    var started = new ArrayList<TraineeProcess>();
    try {
      progress("warms up", memory);
      var all = new ArrayList<List<TraineeProcess>>();
      for (int i = 0; i < plan.sequences().size(); i++) {
        all.add(sides(memory, i, started));
      }
      warmUp(started);
      List<TraineeProcess> apart = all.stream().flatMap(List::stream).distinct().toList();
      for (int round = 0; round < plan.rounds(); round++) {
        progress("round %d of %d".formatted(round + 1, plan.rounds()), memory);
        TraineeProcess.round(apart, round);
      }
      Measurement shortest = all.getFirst().getFirst().measurement(plan.rounds(), true);
      for (int i = 0; i < all.size(); i++) {
        print(memory, plan.sequences().get(i), all.get(i), shortest);
        if (plan.profile()) {
          System.err.print(all.get(i).getFirst().report());
        }
      }
    } finally {
      close(started);
    }
  }

  private List<TraineeProcess> sides(String memory, int index, List<TraineeProcess> started)
      throws IOException {
    int sequence = plan.sequences().get(index);
    TraineeProcess beside = besides.get(index);
    var sides = new ArrayList<TraineeProcess>();
    if (memory.equals(plan.beside())) {
      sides.add(beside);
    } else {
      started.add(swax(memory, sequence));
      sides.add(started.getLast());
    }
    sides.add(beside);
    if (plan.comparesToPyTorch(memory)) {
      started.add(
          TraineeProcess.start(PYTORCH + memory, Precision.FP32, plan.command(memory, sequence)));
      sides.add(started.getLast());
    }
    return sides;
  }

  /** Java compiles what it has run for a while; PyTorch is as fast from its second step on. */
  private void warmUp(List<TraineeProcess> sides) throws IOException {
    for (TraineeProcess side : sides) {
      if (side.name().startsWith(PYTORCH)) {
        side.step();
      } else {
        TraineeProcess.rounds(List.of(side), plan.warmup());
        side.report(); // it is told of later steps only
      }
    }
  }

  private TraineeProcess swax(String memory, int sequence) throws IOException {
    return MemoryTrainee.start("swax " + memory, memory + "()", sequence, plan.threads());
  }

  private void progress(String what, String memory) {
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    System.err.printf(Locale.ROOT, "%d:%02d %s: %s%n", seconds / 60, seconds % 60, memory, what);
  }

  private void print(String memory, int sequence, List<TraineeProcess> sides, Measurement shortest)
      throws IOException {
    Measurement swax = sides.get(0).measurement(plan.rounds(), true);
    Measurement torch = sides.size() > 2 ? sides.get(2).measurement(plan.rounds(), true) : null;
    System.out.printf(
        Locale.ROOT,
        "| %s | %,d | %,.0f | %,.0f | %.2f | %.2f | %s | %s |%n",
        memory,
        sequence,
        MemoryTrainee.SIZES.tokens() / swax.best(),
        MemoryTrainee.SIZES.tokens() / swax.median(),
        swax.speedOver(sides.get(1).measurement(plan.rounds(), true)),
        swax.speedOver(shortest),
        torch == null ? "" : "%,.0f".formatted(MemoryTrainee.SIZES.tokens() / torch.best()),
        torch == null ? "" : "%.2f times".formatted(swax.speedOver(torch)));
  }

  private static void close(List<TraineeProcess> sides) throws IOException {
    for (TraineeProcess side : sides) {
      side.close();
    }
  }
}
