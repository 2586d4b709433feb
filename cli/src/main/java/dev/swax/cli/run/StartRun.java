package dev.swax.cli.run;

import dev.swax.cli.Host;
import dev.swax.cli.Processes;
import dev.swax.cli.input.Input;
import dev.swax.compiler.Compiler;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.facts.Memories;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Assumption;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Notice;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.rank.Ranks;
import dev.swax.runtime.train.RunDescription;
import dev.swax.runtime.train.RunDirectory;
import dev.swax.runtime.train.Session;
import dev.swax.runtime.train.TrainingData;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Begins a run: everything is checked before the first file of it is written. */
public final class StartRun {
  private final Host host;
  private final Input input;
  private final TrainPlan plan;
  private final Architecture model;
  private final @Nullable ColumnChoice column;
  private final Session session;

  public StartRun(Host host, Input input, TrainPlan plan, Session session) {
    this(host, input, plan, null, session);
  }

  /** {@code column}: of the grid that the plan comes from. */
  public StartRun(Host host, Input input, TrainPlan plan, ColumnChoice column) {
    this(host, input, plan, column, Session.PLAIN);
  }

  private StartRun(
      Host host, Input input, TrainPlan plan, @Nullable ColumnChoice column, Session session) {
    this.session = session;
    this.host = host;
    this.input = input;
    this.plan = plan;
    this.model = Plans.architecture(plan);
    this.column = column;
  }

  /**
   * Trains to the end, or until a signal.
   *
   * @param folder of the run, or null for the next free one in {@code runs}
   * @return the exit code
   */
  public int run(@Nullable Path folder, MachineOptions machine) {
    return run(folder, machine, TrainingDevice.of(machine, host));
  }

  int run(@Nullable Path folder, MachineOptions machine, TrainingDevice device) {
    Plans.data(plan);
    plan.recipe()
        .obstacle()
        .ifPresent(error -> {
          throw error;
        });
    Processes processes = host.processes();
    Lanes.require(plan.recipe(), processes.ranks(), machine.device());
    if (folder != null && processes.ranks().leads()) {
      RunDirectory.requireFree(folder);
    }
    ModelPlan lowered = Lowering.of(model).plan();
    TrainingProgram program = device.fit(plan, lowered);
    TrainingData data = Plans.trainingData(plan, Loading.of(host));
    CompiledModel code = Plans.generate(lowered, plan, host.console());
    processes.agree(Lanes.facts(plan, code, data));
    BooleanSupplier stop = host.stop().get();
    try (Kernels kernels = machine.kernels()) {
      return new Training(host, plan, code, data, program, session)
          .run(() -> begin(folder, code, machine, data), kernels, stop)
          .exitCode();
    }
  }

  private RunDirectory begin(
      @Nullable Path wanted, CompiledModel code, MachineOptions machine, TrainingData data) {
    Processes processes = host.processes();
    processes.requireShared(wanted == null ? runs() : wanted);
    if (!processes.ranks().leads()) {
      return RunDirectory.join(Path.of(processes.fromLeader("")));
    }
    Path folder = wanted == null ? freeFolder() : wanted;
    RunDirectory run = RunDirectory.create(folder, description(folder, code, machine), data);
    processes.fromLeader(run.path().toAbsolutePath().normalize().toString());
    host.console().message(started(run.path(), data));
    Memories.tokenByToken(model).forEach(line -> host.console().message("note: " + line));
    data.notices().forEach(notice -> host.console().message(line(notice)));
    return run;
  }

  private static String line(Notice notice) {
    return (notice.doubtful() ? "warning: " : "note: ") + notice.text();
  }

  private String started(Path run, TrainingData data) {
    Ranks ranks = host.processes().ranks();
    String how =
        ranks.size() == 1 ? "" : ", by %d processes (%s)".formatted(ranks.size(), ranks.describe());
    return "training %s with %s on %s, in %s%s"
        .formatted(model.name(), plan.name(), data.describe(), run, how);
  }

  private RunDescription description(Path folder, CompiledModel code, MachineOptions machine) {
    Origin origin = Origin.of(input, Plans.data(plan).tokenizer(), plan.name(), column);
    SequencedMap<String, String> config = origin.lines(folder);
    plan.recipe().describe().forEach(config::put);
    SequencedMap<String, String> sources = new LinkedHashMap<>();
    sources.put(Plans.sourcePath(model), code.source());
    return new RunDescription(
        input.file().text(),
        origin.importedText(),
        config,
        sources,
        Compiler.VERSION,
        plan.recipe().seed(),
        machine.describeDevice(),
        assumptions());
  }

  private List<String> assumptions() {
    List<Assumption> all = new ArrayList<>(model.assumptions());
    all.addAll(plan.assumptions());
    return all.stream()
        .map(a -> "%s = %s: %s (%s)".formatted(a.path(), a.value(), a.reason(), a.span()))
        .toList();
  }

  /** {@code runs/name}, or the first of {@code runs/name-2} and so on that nobody has. */
  private Path freeFolder() {
    String file = String.valueOf(Path.of(input.file().name()).getFileName());
    String name = file.endsWith(".swax") ? file.substring(0, file.length() - 5) : file;
    Path runs = runs();
    try {
      Files.createDirectories(runs);
      for (int i = 1; ; i++) {
        Path folder = runs.resolve(i == 1 ? name : name + "-" + i);
        if (claim(folder)) {
          return folder;
        }
      }
    } catch (IOException e) {
      throw new UserError(
          "cannot make a run directory in %s: %s".formatted(runs.toAbsolutePath(), Reasons.of(e)),
          "`--run-dir DIR`");
    }
  }

  private Path runs() {
    return host.folder().resolve("runs");
  }

  private static boolean claim(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }
}
