package dev.swax.benchmarks.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How much of its speed swax keeps on longer sequences. Every length is a process of its own and
 * does one step a round, in turn, so that a machine that is slower for a while is so for all
 * lengths.
 */
public final class Lengths {
  private final Plan plan;

  private Lengths(Plan plan) {
    this.plan = plan;
  }

  /** See {@link Plan} for the arguments; the first sequence is what the others are compared to. */
  public static void main(String[] arguments) throws IOException {
    new Lengths(Plan.of(arguments)).run();
  }

  private void run() throws IOException {
    System.out.println(Machine.describe(plan.threads()));
    System.out.printf(
        Locale.ROOT,
        "| model | sequence | tok/s best | median | against %d: best | median of rounds |%n",
        plan.sequences().getFirst());
    System.out.println("|---|---|---|---|---|---|");
    Path folder = Files.createTempDirectory("swax-benchmark");
    for (Setting.Model model : plan.models()) {
      Path weights = folder.resolve(model + ".safetensors");
      Weights.write(new Setting(plan.sizes(), model, plan.sequences().getFirst()), weights);
      measure(model, weights);
      Files.delete(weights);
    }
    Files.delete(folder);
  }

  private void measure(Setting.Model model, Path weights) throws IOException {
    var sides = new ArrayList<TraineeProcess>();
    try {
      for (int sequence : plan.sequences()) {
        String name = "swax at " + sequence;
        sides.add(
            SwaxTrainee.start(name, new Setting(plan.sizes(), model, sequence), plan, weights));
      }
      TraineeProcess.rounds(sides, plan.warmup() + plan.rounds());
      print(model, sides);
    } finally {
      for (TraineeProcess side : sides) {
        side.close();
      }
    }
  }

  private void print(Setting.Model model, List<TraineeProcess> sides) throws IOException {
    Measurement first = sides.getFirst().measurement(plan.rounds(), true);
    for (int i = 0; i < sides.size(); i++) {
      Measurement side = sides.get(i).measurement(plan.rounds(), true);
      System.out.printf(
          Locale.ROOT,
          "| %s | %,d | %,.0f | %,.0f | %.2f | %.2f |%n",
          model,
          plan.sequences().get(i),
          plan.sizes().tokens() / side.best(),
          plan.sizes().tokens() / side.median(),
          first.best() / side.best(),
          side.speedOver(first));
    }
  }
}
