package dev.swax.tests.rank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.faultydisk.FaultyDisk;
import dev.swax.runtime.UserError;
import dev.swax.runtime.checkpoint.CheckpointStore;
import dev.swax.runtime.checkpoint.FileOpener;
import dev.swax.runtime.checkpoint.TrainingState;
import dev.swax.runtime.file.Disk;
import dev.swax.runtime.program.Initializer;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.ParameterLayout;
import dev.swax.runtime.program.ParameterSpec;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Shares;
import dev.swax.runtime.program.UpdateRule;
import dev.swax.runtime.rank.LostRanksException;
import dev.swax.runtime.tensor.Tensor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints that several processes write, each its part of the same files. */
class CheckpointTogetherTest {
  private static final List<String> FILES =
      List.of("model.safetensors", "optim.safetensors", "state.json");

  /** Several pieces, one that is a number short of whole, and less than a piece. */
  private static final List<ParameterSpec> SPECS =
      List.of(
          spec("embedding", 257, 300),
          spec("square", 256, 127),
          spec("norm", 1, 5),
          spec("head", 300, 257));

  private static final List<UpdateRule> RULES =
      List.of(adamw(), new UpdateRule.ByMuon(1, 1, 0.9, true, 5, 0), adamw(), adamw());

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void theirFilesAreThoseOfOne(int processes) throws Exception {
    save(1, folder.resolve("one"), FileOpener.disk(), 3);
    List<Saved> saved = save(processes, folder.resolve("all"), FileOpener.disk(), 3);
    assertThat(saved).allMatch(one -> one.fault.isEmpty(), saved.toString());
    for (String file : FILES) {
      assertThat(folder.resolve("all/00000003").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("one/00000003").resolve(file));
    }
    assertThat(Disk.entries(folder.resolve("all"))).hasSize(1);
    assertThat(restored(folder.resolve("all"))).isEqualTo(3);
  }

  /** As where one of several machines reaches its limit. */
  @Test
  void wherePartOfAProcessCannotBeWrittenAllSaySo() throws Exception {
    Path store = folder.resolve("all");
    save(2, store, FileOpener.disk(), 3);
    FileOpener opener =
        new FileOpener() {
          @Override
          public FileChannel open(Path path) throws IOException {
            return FileOpener.disk().open(path);
          }

          @Override
          public FileChannel reopen(Path path) throws IOException {
            if (Thread.currentThread().getName().equals("process 1")) {
              throw new IOException("the quota is used up");
            }
            return FileOpener.disk().reopen(path);
          }
        };
    List<Saved> saved = save(2, store, opener, 4);
    assertThat(saved)
        .allMatch(
            one ->
                one.fault.startsWith(
                        "cannot save checkpoint %s: process 1: the quota is used up ("
                            .formatted(store.resolve("00000004")))
                    && one.fault.endsWith(" MiB free); checkpoint 00000003 is kept"),
            saved.toString());
    assertThat(Disk.entries(store)).containsExactly(store.resolve("00000003"));
    assertThat(restored(store)).isEqualTo(3);
  }

  /** As after a look at what another attempt to save had left. */
  @Test
  void aMachineThatRemembersThatNothingWasThereLooksAgain() throws Exception {
    Path store = folder.resolve("all");
    save(1, sound(store), FileOpener.disk(), 3);
    Path elsewhere = FaultyDisk.ofNetwork().on(store);
    assertThat(Disk.isThere(elsewhere.resolve(".00000004.new"))).isFalse();
    List<Saved> saved =
        run(
            2,
            (parameters, rank) ->
                save(parameters, rank, rank.leads() ? sound(store) : elsewhere, 4));
    assertThat(saved).allMatch(one -> one.fault.isEmpty(), saved.toString());
    assertThat(restored(store)).isEqualTo(4);
  }

  /** At every call of the disk, of the process that leads or of another. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void whereverAProcessIsKilledTheOldOneOrTheNewOneIsWhole(int killed) throws Exception {
    Path store = folder.resolve("all");
    boolean failed = true;
    for (int call = 1; failed; call++) {
      Disk.deleteTree(store);
      save(1, sound(store), FileOpener.disk(), 3);
      FaultyDisk disk = FaultyDisk.killedAt(call);
      List<Saved> saved =
          run(
              2,
              (parameters, rank) ->
                  save(parameters, rank, rank.rank() == killed ? disk.on(store) : sound(store), 4));
      failed = disk.hasFailed();
      long step = restored(store);
      assertThat(step).as("killed at call %d: %s", call, saved).isIn(3L, 4L);
      if (saved.stream().allMatch(one -> one.fault.isEmpty())) {
        assertThat(step).isEqualTo(4);
      }
    }
  }

  /** Where nothing is forced to the disk, which takes time. */
  private static Path sound(Path store) {
    return FaultyDisk.sound().on(store);
  }

  /** How a save ended: with nothing, or what was said. */
  private record Saved(String fault) {}

  /** What a process does with its parameters. */
  @FunctionalInterface
  private interface Work {
    String run(List<Parameter> parameters, ThreadRanks rank);
  }

  private static List<Saved> save(int processes, Path store, FileOpener opener, long step)
      throws Exception {
    return run(processes, (parameters, rank) -> save(parameters, rank, store, opener, step));
  }

  private static String save(List<Parameter> parameters, ThreadRanks rank, Path store, long step) {
    return save(parameters, rank, store, FileOpener.disk(), step);
  }

  private static String save(
      List<Parameter> parameters, ThreadRanks rank, Path store, FileOpener opener, long step) {
    List<String> notices = new ArrayList<>();
    try {
      new CheckpointStore(store, 1, opener).save(state(step), parameters, rank, notices::add);
      return String.join("; ", notices);
    } catch (UserError | LostRanksException e) {
      return String.valueOf(e.getMessage());
    } catch (FaultyDisk.Killed e) {
      rank.abort(9);
      return "killed";
    }
  }

  private static List<Saved> run(int processes, Work work) throws Exception {
    var shares = new Shares(new ParameterLayout(SPECS), RULES, processes);
    try (ExecutorService threads = Executors.newFixedThreadPool(processes)) {
      List<Callable<Saved>> all = new ArrayList<>();
      for (ThreadRanks rank : ThreadRanks.of(processes)) {
        all.add(() -> run(shares, rank, work));
      }
      List<Saved> saved = new ArrayList<>();
      for (Future<Saved> future : threads.invokeAll(all)) {
        saved.add(future.get());
      }
      return saved;
    }
  }

  private static Saved run(Shares shares, ThreadRanks rank, Work work) {
    Thread.currentThread().setName("process " + rank.rank());
    try (Parameters parameters = Parameters.allocate(shares, RULES, rank.rank())) {
      for (Parameter parameter : parameters.all()) {
        number(parameter.value(), 0, 1);
        number(parameter.first(), parameter.kept().from(), 2);
        number(parameter.second(), parameter.kept().from(), 3);
      }
      return new Saved(work.run(parameters.all(), rank));
    }
  }

  /** Numbers that tell where they belong. */
  private static void number(Tensor tensor, long from, int kind) {
    for (long i = 0; i < tensor.length(); i++) {
      tensor.set(i, (from + i) * 4 + kind);
    }
  }

  /** The step of the newest checkpoint, whose numbers are all where they belong. */
  private static long restored(Path store) {
    List<String> notices = new ArrayList<>();
    try (Parameters parameters = Parameters.allocate(SPECS, RULES)) {
      long step =
          new CheckpointStore(store, 1, FileOpener.disk())
              .reader()
              .restore(parameters.all(), true, notices::add)
              .orElseThrow()
              .step();
      for (Parameter parameter : parameters.all()) {
        long last = parameter.spec().size() - 1;
        assertThat(parameter.value().get(last)).isEqualTo(last * 4 + 1);
        assertThat(parameter.first().get(last)).isEqualTo(last * 4 + 2);
      }
      assertThat(notices).isEmpty();
      return step;
    }
  }

  private static TrainingState state(long step) {
    return new TrainingState(step, new LinkedHashMap<>(Map.of("data", step)));
  }

  private static ParameterSpec spec(String name, int rows, int columns) {
    return new ParameterSpec(name, rows, columns, new Initializer.Normal(1), true);
  }

  private static UpdateRule adamw() {
    return new UpdateRule.ByAdamW(1, 0.9, 0.95, 1e-8, 0);
  }
}
