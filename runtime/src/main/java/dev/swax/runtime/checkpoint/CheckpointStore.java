package dev.swax.runtime.checkpoint;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.Disk;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.rank.Ranks;
import dev.swax.runtime.rank.SingleProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The folder of a run's checkpoints, each a folder {@code 00001000} with {@code model.safetensors},
 * {@code optim.safetensors} and {@code state.json}. A checkpoint is written under a temporary name
 * that starts with a dot, synced, and renamed; so whatever has its final name is whole, unless the
 * disk lost something later, which the hashes show.
 */
public final class CheckpointStore {
  static final String MODEL = "model.safetensors";
  static final String OPTIMIZER = "optim.safetensors";
  static final String STATE = "state.json";

  private final Path folder;
  private final int keep;
  private final FileOpener opener;
  private long kept = -1;

  /**
   * @param keep how many of the newest checkpoints stay
   */
  public CheckpointStore(Path folder, int keep, FileOpener opener) {
    if (keep < 1) {
      throw new UserError(
          "%d checkpoints would be kept, but at least 1 is needed".formatted(keep), "`keep = 1`");
    }
    this.folder = folder;
    this.keep = keep;
    this.opener = opener;
  }

  /** From now on the checkpoint of that step stays too, in place of the one before. */
  public void keepAlso(long step) {
    kept = step;
  }

  /** Removes those of later steps. What cannot be removed is told in a notice. */
  public void removeAfter(long step, Consumer<String> notices) {
    steps().stream().filter(each -> each > step).forEach(each -> removeOne(each, notices));
  }

  /** The folder's name of a checkpoint. */
  public static String name(long step) {
    return String.format(Locale.ROOT, "%08d", step);
  }

  /** Steps that have a checkpoint, newest first. */
  public List<Long> steps() {
    try {
      return findSteps();
    } catch (IOException e) {
      throw new UserError("cannot read the folder %s: %s".formatted(folder, Reasons.of(e)), null);
    }
  }

  private List<Long> findSteps() throws IOException {
    if (!Disk.isFolder(folder)) {
      return List.of();
    }
    return Disk.entries(folder).stream()
        .map(path -> path.getFileName().toString())
        .filter(name -> name.matches("[0-9]{8,18}"))
        .map(Long::valueOf)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** Where the checkpoint of that step is. */
  public Path path(long step) {
    return folder.resolve(name(step));
  }

  /** Where one is written before it has its name. */
  Path temporary(long step) {
    return folder.resolve("." + name(step) + ".new");
  }

  void makeFolder() throws IOException {
    Files.createDirectories(folder);
  }

  long freeBytes() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /**
   * Removes what an interrupted save or removal left behind. Only for the owner of the run. What
   * cannot be removed is told in a notice.
   */
  public void removeLeftovers(Consumer<String> notices) {
    try {
      if (!Disk.isFolder(folder)) {
        return;
      }
      Disk.entries(folder).stream()
          .filter(path -> path.getFileName().toString().startsWith("."))
          .forEach(path -> remove(path, notices));
    } catch (IOException e) {
      throw new UserError("cannot read the folder %s: %s".formatted(folder, Reasons.of(e)), null);
    }
  }

  /**
   * Saves, then removes the oldest checkpoints beyond those to keep. What cannot be removed is told
   * in a notice; the run goes on.
   */
  public void save(TrainingState state, List<Parameter> parameters, Consumer<String> notices) {
    save(state, parameters, new SingleProcess(), notices);
  }

  /**
   * The same by all processes of a training, which call it at the same time. Each has all weights,
   * and the moments of its parameters that it {@link Parameter#kept keeps}. The files are those of
   * one process.
   */
  public void save(
      TrainingState state, List<Parameter> parameters, Ranks ranks, Consumer<String> notices) {
    requireFinite(state.step(), parameters);
    new CheckpointWriter(this, opener, ranks, state, parameters).write(notices);
    if (ranks.leads()) {
      removeOld(state.step(), notices);
    }
  }

  /** Refuses parameters that hold NaN or infinity: their weights, and what moments are here. */
  private void requireFinite(long step, List<Parameter> parameters) {
    Stream<NamedTensor> all =
        Stream.concat(
            ModelTensors.weights(parameters).stream(), ModelTensors.moments(parameters).stream());
    Finite.describeBad(all.toList())
        .ifPresent(bad -> {
          throw new UserError(
              "step %d: %s, so it was not saved; %s".formatted(step, bad, earlier()), null);
        });
  }

  /**
   * Saves weights that come from elsewhere, as the only checkpoint. They were never trained here,
   * so there are no moments.
   */
  public void saveWeights(List<MadeTensor> weights) throws IOException {
    var state = new TrainingState(0, new LinkedHashMap<>());
    Path checkpoint = path(0);
    Files.createDirectories(checkpoint);
    SequencedMap<String, String> hashes = new LinkedHashMap<>();
    hashes.put(MODEL, Safetensors.writeMade(checkpoint.resolve(MODEL), weights, opener));
    writeState(checkpoint, state, hashes);
  }

  /** Writes {@code state.json}, and syncs the folder. */
  void writeState(Path folder, TrainingState state, SequencedMap<String, String> hashes)
      throws IOException {
    try (FileChannel channel = opener.open(folder.resolve(STATE))) {
      ByteBuffer bytes = ByteBuffer.wrap(new StateFile(state, hashes).toBytes());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Disk.syncFolder(folder);
  }

  /**
   * Gives the temporary folder its final name; an older one of that name (a torn one) goes when the
   * new one is there.
   */
  void replace(Path temporary, long step, Consumer<String> notices) throws IOException {
    Path doomed = doomed(step);
    Disk.deleteTree(doomed);
    if (Disk.isThere(path(step), LinkOption.NOFOLLOW_LINKS)) {
      Files.move(path(step), doomed, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(temporary, path(step), StandardCopyOption.ATOMIC_MOVE);
    Disk.syncFolder(folder);
    remove(doomed, notices);
  }

  /** Later steps are torn: training has begun again before them. They count for nothing. */
  private void removeOld(long newest, Consumer<String> notices) {
    try {
      findSteps().stream()
          .filter(step -> step <= newest)
          .skip(keep)
          .filter(step -> step != kept)
          .forEach(step -> removeOne(step, notices));
    } catch (IOException e) {
      notices.accept(notRemoved(folder, e));
    }
  }

  private void removeOne(long step, Consumer<String> notices) {
    try {
      Disk.deleteTree(doomed(step));
      Files.move(path(step), doomed(step), StandardCopyOption.ATOMIC_MOVE);
      Disk.deleteTree(doomed(step));
    } catch (IOException e) {
      notices.accept(notRemoved(path(step), e));
    }
  }

  /** The name for a removal, so that one that is cut short leaves nothing that looks torn. */
  private Path doomed(long step) {
    return folder.resolve("." + name(step) + ".old");
  }

  private static void remove(Path path, Consumer<String> notices) {
    try {
      Disk.deleteTree(path);
    } catch (IOException e) {
      notices.accept(notRemoved(path, e));
    }
  }

  private static String notRemoved(Path path, IOException cause) {
    return "warning: cannot remove %s: %s".formatted(path, Reasons.of(cause));
  }

  /** What is left where a save fails, in words. */
  String earlier() {
    List<Long> steps = steps();
    return steps.isEmpty()
        ? "there is no earlier checkpoint"
        : "checkpoint %s is kept".formatted(name(steps.getFirst()));
  }

  /** Reads the checkpoints of this folder. */
  public CheckpointReader reader() {
    return new CheckpointReader(this);
  }
}
