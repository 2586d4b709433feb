package dev.swax.benchmarks.training;

import dev.swax.benchmarks.libtorch.AttentionForm;
import dev.swax.benchmarks.libtorch.OfficialLibrary;
import dev.swax.benchmarks.libtorch.TorchTrainee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares training steps of swax with those of its peers and prints a table. In each round every
 * side does one step, in turn, first forwards, then backwards, so that what slows the machine slows
 * all.
 */
public final class Comparison {
  /** A peer in Python compares its first two steps, too, and is warm after the second. */
  private static final int PYTHON_WARMUP = 2;

  private final Plan plan;
  private final Path folder;
  private final Set<String> builds = new LinkedHashSet<>();

  private Comparison(Plan plan, Path folder) {
    this.plan = plan;
    this.folder = folder;
  }

  /** See {@link Plan} for the arguments. Exits 1 if a peer does not compute what swax does. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("swax-benchmark");
    var comparison = new Comparison(Plan.of(arguments), folder);
    Map<Setting, List<Measurement>> measured = comparison.run();
    System.out.println(Machine.describe(comparison.plan.threads()));
    comparison.builds.forEach(System.out::println);
    System.out.print(Table.of(measured));
    boolean agree = measured.values().stream().flatMap(List::stream).allMatch(Measurement::agrees);
    System.exit(agree ? 0 : 1);
  }

  private Map<Setting, List<Measurement>> run() throws IOException {
    Map<Setting, List<Measurement>> measured = new LinkedHashMap<>();
    Path tokens = folder.resolve("tokens");
    Tokens.write(plan.sizes(), tokens);
    for (Setting.Model model : plan.models()) {
      Path weights = folder.resolve(model + ".safetensors");
      Weights.write(new Setting(plan.sizes(), model, plan.sequences().getFirst()), weights);
      for (int sequence : plan.sequences()) {
        var setting = new Setting(plan.sizes(), model, sequence);
        System.err.println("measuring " + setting);
        measured.put(setting, measure(setting, weights, tokens));
      }
      Files.delete(weights);
    }
    Files.delete(tokens);
    Files.delete(folder);
    return measured;
  }

  private List<Measurement> measure(Setting setting, Path weights, Path tokens) throws IOException {
    var sides = new ArrayList<TraineeProcess>();
    try {
      sides.add(SwaxTrainee.start("swax", setting, plan, weights));
      for (Peer peer : plan.peers()) {
        if (peer != Peer.LIBTORCH) {
          sides.add(python(setting, peer, weights, tokens));
          continue;
        }
        for (AttentionForm form : forms(setting.model())) {
          sides.add(libtorch(setting, form, weights));
        }
      }
      return measure(setting, sides);
    } finally {
      for (TraineeProcess side : sides) {
        side.close();
      }
    }
  }

  private List<Measurement> measure(Setting setting, List<TraineeProcess> sides)
      throws IOException {
    List<Path> gradients = warmUp(sides);
    TraineeProcess swax = sides.getFirst();
    swax.report();
    TraineeProcess.rounds(sides, plan.rounds());
    if (plan.profile()) {
      System.err.print(swax.report());
    }
    var measurements = new ArrayList<Measurement>();
    for (int i = 0; i < sides.size(); i++) {
      TraineeProcess side = sides.get(i);
      String faults =
          Agreement.faults(
              setting,
              side.precision(),
              swax.results(),
              side.results(),
              gradients.getFirst(),
              gradients.get(i));
      System.err.print(faults.isEmpty() ? "" : side.name() + " is not swax:\n" + faults);
      measurements.add(side.measurement(plan.rounds(), faults.isEmpty()));
      if (i > 0) {
        builds.add(side.report().strip());
      }
    }
    for (Path file : gradients) {
      Files.delete(file);
    }
    return measurements;
  }

  /** The first steps; also the gradients of the very first. */
  private List<Path> warmUp(List<TraineeProcess> sides) throws IOException {
    var gradients = new ArrayList<Path>();
    for (TraineeProcess side : sides) {
      System.err.println("  warming up " + side.name());
      Path file = folder.resolve("gradients" + gradients.size() + ".safetensors");
      side.step();
      side.writeGradients(file);
      gradients.add(file);
      int steps = side.name().startsWith("PyTorch") ? PYTHON_WARMUP : plan.warmup();
      for (int step = 1; step < steps; step++) {
        side.step();
      }
    }
    return gradients;
  }

  /** The ways to write the model's attention that are worth comparing. */
  private static List<AttentionForm> forms(Setting.Model model) {
    return switch (model) {
      case WINDOW ->
          List.of(
              AttentionForm.BLOCKS,
              AttentionForm.HALF_BLOCKS,
              AttentionForm.PRODUCTS,
              AttentionForm.HALF_PRODUCTS,
              AttentionForm.BANDED);
      case HYBRID ->
          List.of(
              AttentionForm.BLOCKS,
              AttentionForm.HALF_BLOCKS,
              AttentionForm.PRODUCTS,
              AttentionForm.HALF_PRODUCTS);
      case MLSTM, FULL -> List.of(AttentionForm.CAUSAL);
      case GATED_DELTA -> List.of();
    };
  }

  private TraineeProcess libtorch(Setting setting, AttentionForm form, Path weights)
      throws IOException {
    String folderOption = "-D" + OfficialLibrary.FOLDER + "=";
    var arguments = new ArrayList<>(setting.words());
    arguments.add(Integer.toString(plan.threads()));
    arguments.add(weights.toString());
    arguments.add(form.name());
    return TraineeProcess.start(
        Peer.LIBTORCH.title() + ", " + form.description(),
        TorchTrainee.class,
        List.of(folderOption + System.getProperty(OfficialLibrary.FOLDER, "")),
        arguments);
  }

  private TraineeProcess python(Setting setting, Peer peer, Path weights, Path tokens)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(plan.python());
    command.add(plan.script());
    command.add(setting.model().toString());
    command.add(Integer.toString(setting.sequence()));
    command.add(Integer.toString(plan.threads()));
    command.add(weights.toString());
    command.add(tokens.toString());
    command.addAll(peer.modes());
    return TraineeProcess.start(peer.title(), peer.precision(), command);
  }
}
