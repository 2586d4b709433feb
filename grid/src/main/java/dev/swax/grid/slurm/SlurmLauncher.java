package dev.swax.grid.slurm;

import dev.swax.grid.launch.CellProcess;
import dev.swax.grid.launch.Launcher;
import dev.swax.grid.launch.ModelCommand;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Job;
import dev.swax.grid.store.JobFolder;
import dev.swax.runtime.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of job arrays. What is submitted is written down before: whoever comes later, after
 * whatever death of this process, finds the tasks and submits none of them a second time.
 */
public final class SlurmLauncher implements Launcher {
  private final GridFolder grid;
  private final String name;
  private final ModelCommand command;
  private final SlurmRequest request;
  private final Commands commands;
  private final Consumer<String> tell;
  private final Duration pace;
  private final JobFolder jobs;
  private final SlurmQueue queue;

  private record Place(Job job, int index) {}

  /**
   * Starts cells of a grid.
   *
   * @param name of the grid
   * @param tell is told what was submitted
   * @param pace between two questions to Slurm
   */
  public SlurmLauncher(
      GridFolder grid,
      String name,
      ModelCommand command,
      SlurmRequest request,
      Commands commands,
      Consumer<String> tell,
      Duration pace) {
    this.grid = grid;
    this.name = name;
    this.command = command;
    this.request = request;
    this.commands = commands;
    this.tell = tell;
    this.pace = pace;
    this.jobs = grid.jobs();
    this.queue = new SlurmQueue(commands, jobs, pace);
  }

  /** The same, once it is known that the cluster has the partition, and gives it the time. */
  public SlurmLauncher fitting() {
    SlurmLimits.fit(commands, request);
    return this;
  }

  /** Each has its own task. */
  @Override
  public int models() {
    return 1;
  }

  @Override
  public Duration pace() {
    return pace;
  }

  @Override
  public List<CellProcess> start(List<List<Cell>> groups) {
    List<String> models = groups.stream().map(SlurmLauncher::model).distinct().toList();
    Map<String, Place> places = jobs.alone(() -> placed(models));
    return groups.stream()
        .map(SlurmLauncher::model)
        .<CellProcess>map(model -> process(model, places.get(model)))
        .toList();
  }

  private static String model(List<Cell> cells) {
    return cells.getFirst().trained().id();
  }

  private CellProcess process(String model, @Nullable Place place) {
    if (place == null) {
      throw new IllegalStateException("not submitted: " + model);
    }
    Path log = grid.cell(model).log();
    String job = place.job().name();
    return new SlurmTask(
        place.job(),
        place.index(),
        queue,
        log,
        log.toFile().length(),
        () -> SlurmCancel.job(commands, job));
  }

  /** The task of each model: one that is there already, or a new one. */
  private Map<String, Place> placed(List<String> models) {
    queue.refresh();
    queue
        .trouble()
        .ifPresent(trouble -> {
          throw new UserError("Slurm does not answer: " + trouble, "try again once `squeue` does");
        });
    Map<String, Place> places = new HashMap<>();
    for (Job job : jobs.all()) {
      for (int index = 0; index < job.models().size(); index++) {
        String model = job.models().get(index);
        if (models.contains(model) && queue.isAlive(job, index)) {
          places.put(model, new Place(job, index));
        }
      }
    }
    if (!places.isEmpty()) {
      tell.accept(
          models(places.size()) + (places.size() == 1 ? " is" : " are") + " in Slurm already");
    }
    List<String> missing = models.stream().filter(model -> !places.containsKey(model)).toList();
    submit(missing, places);
    return places;
  }

  /** In as many arrays as Slurm's limit asks for, each after the one before it. */
  private void submit(List<String> models, Map<String, Place> places) {
    if (models.isEmpty()) {
      return;
    }
    SlurmRequest fitting = SlurmLimits.fit(commands, request);
    int most = SlurmLimits.mostTasks(commands);
    String previous = null;
    for (int start = 0; start < models.size(); start += most) {
      List<String> some = models.subList(start, Math.min(models.size(), start + most));
      Job job = submit(some, fitting, previous);
      previous = job.id();
      for (int index = 0; index < some.size(); index++) {
        places.put(some.get(index), new Place(job, index));
      }
    }
    queue.refresh();
  }

  private Job submit(List<String> models, SlurmRequest request, @Nullable String previous) {
    Job job = jobs.create("swax-" + name, models);
    var script = new SlurmScript(job.name(), job.folder(), grid, command, request);
    job.writeScript(script.of(models));
    List<String> words = new ArrayList<>(List.of("sbatch", "--parsable"));
    if (previous != null) {
      words.add("--dependency=afterany:" + previous);
    }
    words.add(job.script().toString());
    Job submitted = job.withId(identity(job, words));
    submitted.write();
    tell.accept(
        "submitted job %s: %s, each with %d CPU%s, %,d MiB%s"
            .formatted(
                submitted.id(),
                models(models.size()),
                request.cpus(),
                request.cpus() == 1 ? "" : "s",
                request.mebibytes(),
                request.time() == null
                    ? " and the partition's time limit"
                    : " and at most " + SlurmTime.write(request.time())));
    return submitted;
  }

  private static String models(int count) {
    return count == 1 ? "1 model" : count + " models";
  }

  /** An answer that is lost on the way may be that of a job that was taken. */
  private String identity(Job job, List<String> words) {
    Commands.Answer answer;
    try {
      answer = commands.run(words);
    } catch (UserError e) {
      jobs.forget(job);
      throw e;
    }
    String id = answer.out().strip().split(";", 2)[0];
    if (answer.isGood() && id.matches("[0-9]+")) {
      return id;
    }
    Commands.Answer found =
        commands.run(List.of("squeue", "-h", "--name=" + job.name(), "-o", "%F"));
    Optional<String> taken = found.out().lines().filter(line -> line.matches("[0-9]+")).findFirst();
    if (taken.isPresent()) {
      return taken.get();
    }
    if (found.isGood()) {
      jobs.forget(job);
    }
    throw new UserError("sbatch refuses the job: " + answer.complaint(), SlurmLimits.help(answer));
  }
}
