package dev.swax.runtime.train;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import dev.swax.runtime.checkpoint.CheckpointStore;
import dev.swax.runtime.checkpoint.FileOpener;
import dev.swax.runtime.evaluate.Score;
import dev.swax.runtime.file.Disk;
import dev.swax.runtime.file.NewFile;
import dev.swax.runtime.token.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A run's folder: {@code run.swax}, {@code imports/}, {@code config.txt}, {@code manifest.json},
 * {@code src/}, {@code tokenizer/}, {@code metrics.jsonl}, {@code log.txt}, {@code checkpoints/}.
 * While it is open, no other process can open it.
 */
public final class RunDirectory implements AutoCloseable {
  private static final String CODE = "src";
  private static final String SAMPLE = "sample.txt";

  /** What is there before the manifest. */
  private static final List<String> BEGUN =
      List.of(
          RunLock.FILE,
          RunFiles.SOURCE,
          RunFiles.IMPORTS,
          RunFiles.CONFIG,
          CODE,
          RunFiles.TOKENIZER);

  private final Path path;
  private final @Nullable RunLock lock;
  private Manifest manifest;
  private final boolean continued;

  private RunDirectory(Path path, @Nullable RunLock lock, Manifest manifest, boolean continued) {
    this.path = path;
    this.lock = lock;
    this.manifest = manifest;
    this.continued = continued;
  }

  /**
   * A new run in a folder that is absent, empty, or holds no more than what a killed process had
   * begun of one.
   */
  public static RunDirectory create(Path path, RunDescription run, TrainingData data) {
    try {
      requireEmpty(path);
      Files.createDirectories(path);
      RunLock lock = RunLock.take(path);
      try {
        Manifest manifest = manifest(run, data.hashes());
        fill(path, run, data.tokenizer(), manifest);
        return new RunDirectory(path, lock, manifest, false);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UserError(
          "cannot make the run directory %s: %s".formatted(path, Reasons.of(e)), null);
    }
  }

  /** Writes a run whose weights come from elsewhere into a folder that is there. */
  public static void writeImported(Path path, RunDescription run, Tokenizer tokenizer)
      throws IOException {
    fill(path, run, tokenizer, manifest(run, DataHashes.of(tokenizer)));
  }

  private static Manifest manifest(RunDescription run, SequencedMap<String, String> data) {
    return new Manifest(
        run.version(),
        run.seed(),
        run.device(),
        hashes(run, data),
        List.of(),
        run.assumptions(),
        null);
  }

  /** Refuses a folder that {@link #create} would refuse, for what comes long before. */
  public static void requireFree(Path path) {
    try {
      requireEmpty(path);
    } catch (IOException e) {
      throw new UserError(
          "cannot use the run directory %s: %s".formatted(path, Reasons.of(e)), null);
    }
  }

  /** The manifest comes last: where it is, all the rest is. */
  private static void fill(Path path, RunDescription run, Tokenizer tokenizer, Manifest manifest)
      throws IOException {
    NewFile.write(path.resolve(RunFiles.SOURCE), run.source());
    write(path.resolve(RunFiles.IMPORTS), run.imports());
    NewFile.write(path.resolve(RunFiles.CONFIG), ConfigText.write(run.config()));
    write(path.resolve(CODE), run.code());
    keepTokenizer(path, tokenizer.files());
    NewFile.write(path.resolve(RunFiles.MANIFEST), manifest.toJson());
  }

  private static void write(Path folder, Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path target = folder.resolve(file.getKey());
      Files.createDirectories(target.resolveSibling("."));
      NewFile.write(target, file.getValue());
    }
  }

  /** The first file has a name of its own in the run: it is named by whoever wrote it. */
  private static void keepTokenizer(Path path, List<Path> files) throws IOException {
    for (Path file : files) {
      Path target =
          file.equals(files.getFirst())
              ? RunFiles.tokenizer(path)
              : RunFiles.tokenizer(path).resolveSibling(file.getFileName());
      Files.createDirectories(target.resolveSibling("."));
      NewFile.write(target, RegularFile.bytes(file, RegularFile.fitting()));
    }
  }

  /** An existing run, to continue it. */
  public static RunDirectory open(Path path) {
    try {
      if (!Disk.isThere(path.resolve(RunFiles.MANIFEST))) {
        throw new UserError(
            "%s is not a run directory: it has no %s".formatted(path, RunFiles.MANIFEST),
            "`swax train FILE` starts a run");
      }
      RunLock lock = RunLock.take(path);
      try {
        return new RunDirectory(path, lock, RunFiles.manifest(path), true);
      } catch (RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UserError(
          "cannot open the run directory %s: %s".formatted(path, Reasons.of(e)), null);
    }
  }

  /** A run that another process has open, for one that computes with it and writes nothing. */
  public static RunDirectory join(Path path) {
    try {
      Disk.comes(path.resolve(RunFiles.MANIFEST)); // or it is said below that it is not there
    } catch (IOException e) {
      throw new UserError(
          "cannot open the run directory %s: %s".formatted(path, Reasons.of(e)), null);
    }
    return new RunDirectory(path, null, RunFiles.manifest(path), true);
  }

  private static void requireEmpty(Path path) throws IOException {
    if (!Disk.isThere(path)) {
      return;
    }
    if (!Disk.isFolder(path)) {
      throw new UserError(
          "%s is a file, but a run directory is expected".formatted(path),
          "give another `--run-dir`");
    }
    if (Disk.isThere(path.resolve(RunFiles.MANIFEST))) {
      RunLock.take(path).close(); // says so if another process has it
      throw new UserError(
          "%s already contains a run".formatted(path),
          "`swax resume %s` continues it; another `--run-dir` starts a new one".formatted(path));
    }
    if (!isBegun(Disk.entries(path))) {
      throw new UserError(
          "%s is not empty, and is not a run".formatted(path), "give another `--run-dir`");
    }
  }

  /** Whether that is all that a process leaves which is killed while it makes a run directory. */
  private static boolean isBegun(List<Path> entries) {
    return entries.isEmpty()
        || (entries.stream().anyMatch(file -> file.endsWith(RunLock.FILE))
            && entries.stream()
                .allMatch(file ->
                    BEGUN.contains(String.valueOf(file.getFileName()))
                        || NewFile.isLeftover(file)));
  }

  public Path path() {
    return path;
  }

  public Manifest manifest() {
    return manifest;
  }

  /** Whether the run was there before it was opened. */
  boolean isContinued() {
    return continued;
  }

  /** Notes in the manifest that the run goes on on a device, and what has changed of its recipe. */
  public void continueOn(String device, Optional<Manifest.Change> change) {
    Manifest moved = manifest.continuedOn(device);
    become(change.map(moved::changedBy).orElse(moved));
  }

  /** Notes in the manifest that the run has ended before its last step. */
  void end(EarlyEnd end) {
    become(manifest.ended(end));
  }

  private void become(Manifest next) {
    if (next.equals(manifest)) {
      return;
    }
    try {
      NewFile.write(path.resolve(RunFiles.MANIFEST), next.toJson());
      manifest = next;
    } catch (IOException e) {
      throw new UserError("cannot write to %s: %s".formatted(path, Reasons.of(e)), null);
    }
  }

  /** Keeps the baseline's score in metrics.jsonl, once. */
  public void keepBaseline(long step, Score score) {
    Path file = path.resolve(Metrics.FILE);
    try {
      boolean kept =
          MetricLines.read(file).lines().stream()
              .anyMatch(line -> line.values().has(Metrics.BASELINE));
      if (kept) {
        return;
      }
    } catch (IOException e) {
      throw new UserError("cannot read %s: %s".formatted(file, Reasons.of(e)), null);
    }
    try (Metrics metrics = Metrics.open(file, step, _ -> {})) {
      metrics.writeBaseline(step, score);
    }
  }

  /** Keeps the text that was generated at the end, in place of an earlier one. */
  public void keepSample(String text) {
    try {
      NewFile.write(path.resolve(SAMPLE), text);
    } catch (IOException e) {
      throw new UserError("cannot write to %s: %s".formatted(path, Reasons.of(e)), null);
    }
  }

  /** The run's checkpoints. */
  public CheckpointStore checkpoints(int keep) {
    return checkpoints(path, keep);
  }

  /** The checkpoints of the run at {@code path}, for reading while another process may own it. */
  public static CheckpointStore checkpoints(Path path, int keep) {
    return new CheckpointStore(path.resolve("checkpoints"), keep, FileOpener.disk());
  }

  /** Refuses data that would train other weights than what the run began with. */
  public void requireSameData(TrainingData data) {
    manifest.requireSameData(data);
  }

  /** The names of all hashes of the data that are not what the run began with. */
  public List<String> changed(TrainingData data) {
    return manifest.changed(data.hashes());
  }

  /** Lets others open it; a second time does nothing. */
  @Override
  public void close() {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      throw new UserError("cannot close %s: %s".formatted(path, Reasons.of(e)), null);
    }
  }

  private static SequencedMap<String, String> hashes(
      RunDescription run, SequencedMap<String, String> data) {
    SequencedMap<String, String> hashes = new LinkedHashMap<>();
    hashes.put("source", RunFiles.hash(run.source()));
    if (!run.imports().isEmpty()) {
      hashes.put("imports", RunFiles.hash(RunFiles.lines(run.imports())));
    }
    hashes.put("config", RunFiles.hash(ConfigText.write(run.config())));
    hashes.put("code", RunFiles.hash(RunFiles.lines(run.code())));
    hashes.putAll(data);
    return hashes;
  }
}
