package dev.swax.benchmarks.training;

import dev.swax.benchmarks.libtorch.AttentionForm;
import dev.swax.benchmarks.libtorch.OfficialLibrary;
import dev.swax.benchmarks.libtorch.TorchTrainee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares training steps of swax and libtorch and prints a table. In each round every side does
 * one step, in turn, first forwards, then backwards, so that what slows the machine slows all.
 */
public final class Comparison {
  private final Plan plan;
  private final Path folder;
  private String library = "";

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
    System.out.println(comparison.library);
    System.out.print(Table.of(measured));
    boolean agree = measured.values().stream().flatMap(List::stream).allMatch(Measurement::agrees);
    System.exit(agree ? 0 : 1);
  }

  private Map<Setting, List<Measurement>> run() throws IOException {
    Map<Setting, List<Measurement>> measured = new LinkedHashMap<>();
    for (Setting.Model model : plan.models()) {
      Path weights = folder.resolve(model + ".safetensors");
      Weights.write(model, weights);
      for (int sequence : plan.sequences()) {
        var setting = new Setting(model, sequence);
        System.err.println("measuring " + setting);
        measured.put(setting, measure(setting, weights));
      }
      Files.delete(weights);
    }
    Files.delete(folder);
    return measured;
  }

  private List<Measurement> measure(Setting setting, Path weights) throws IOException {
    var sides = new ArrayList<TraineeProcess>();
    try {
      sides.add(SwaxTrainee.start("swax", setting, plan, weights));
      for (AttentionForm form : forms(setting.model())) {
        sides.add(libtorch(setting, form, weights));
      }
      return measure(setting.model(), sides);
    } finally {
      for (TraineeProcess side : sides) {
        side.close();
      }
    }
  }

  private List<Measurement> measure(Setting.Model model, List<TraineeProcess> sides)
      throws IOException {
    List<Path> gradients = warmUp(sides);
    TraineeProcess swax = sides.getFirst();
    swax.report();
    TraineeProcess.rounds(sides, plan.rounds());
    if (plan.profile()) {
      System.err.print(swax.report());
    }
    library = sides.getLast().report().strip();
    var measurements = new ArrayList<Measurement>();
    for (int i = 0; i < sides.size(); i++) {
      TraineeProcess side = sides.get(i);
      String faults =
          Agreement.faults(
              model, swax.results(), side.results(), gradients.getFirst(), gradients.get(i));
      System.err.print(faults.isEmpty() ? "" : side.name() + " is not swax:\n" + faults);
      measurements.add(
          new Measurement(
              side.name(),
              side.seconds().subList(plan.warmup(), plan.warmup() + plan.rounds()),
              side.peakMemory(),
              faults.isEmpty()));
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
      Path file = folder.resolve("gradients" + gradients.size() + ".safetensors");
      side.step();
      side.writeGradients(file);
      gradients.add(file);
      for (int step = 1; step < plan.warmup(); step++) {
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
    };
  }

  private TraineeProcess libtorch(Setting setting, AttentionForm form, Path weights)
      throws IOException {
    String folderOption = "-D" + OfficialLibrary.FOLDER + "=";
    return TraineeProcess.start(
        "libtorch, " + form.description(),
        TorchTrainee.class,
        List.of(folderOption + System.getProperty(OfficialLibrary.FOLDER, "")),
        setting.model().toString(),
        Integer.toString(setting.sequence()),
        Integer.toString(plan.threads()),
        weights.toString(),
        form.name());
  }
}
