package dev.swax.runtime.train;

import dev.swax.runtime.Hashes;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import dev.swax.runtime.checkpoint.DamagedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What decides a run, read from its folder: each file is compared with the SHA-256 that the
 * manifest has of it, so that weights are never used with another model than theirs.
 */
public final class RunFiles {
  static final String SOURCE = "run.swax";

  /** The name of the file with every value that decides the run. */
  public static final String CONFIG = "config.txt";

  static final String MANIFEST = "manifest.json";

  /** The folder of the files that the run's swax file imports. */
  static final String IMPORTS = "imports";

  /** The folder of the files that the run's tokenizer is made of. */
  static final String TOKENIZER = "tokenizer";

  private final Path run;
  private final Manifest manifest;

  private RunFiles(Path run, Manifest manifest) {
    this.run = run;
    this.manifest = manifest;
  }

  /** Those of the run in a folder. */
  public static RunFiles of(Path run) {
    return new RunFiles(run, manifest(run));
  }

  /** The run's copy of what its tokenizer is read from; not there where it is read from nothing. */
  public static Path tokenizer(Path run) {
    return run.resolve(TOKENIZER).resolve("tokenizer.json");
  }

  /** Whether the manifest is whole, and what it tells of stands there as it was. */
  public static boolean areWhole(Path run) {
    try {
      Manifest manifest = Manifest.parse(lenient(run.resolve(MANIFEST)));
      return manifest.isOf("source", lenient(run.resolve(SOURCE)))
          && manifest.isOf("config", lenient(run.resolve(CONFIG)));
    } catch (NoSuchFileException | DamagedFileException e) {
      return false;
    } catch (IOException e) {
      throw new UserError("cannot read the run %s: %s".formatted(run, Reasons.of(e)), null);
    }
  }

  /** The text of a file; bytes that are no UTF-8 are replaced. */
  private static String lenient(Path file) throws IOException {
    return new String(RegularFile.bytes(file, RegularFile.SMALL), StandardCharsets.UTF_8);
  }

  static Manifest manifest(Path run) {
    Path file = run.resolve(MANIFEST);
    try {
      return Manifest.parse(text(file));
    } catch (DamagedFileException e) {
      throw new UserError(
          "%s is damaged: %s".formatted(file, e.getMessage()),
          "restore it from a copy, or train again");
    }
  }

  /** The text of {@code run.swax}. */
  public String source() {
    String text = text(run.resolve(SOURCE));
    require("source", text, run.resolve(SOURCE));
    return text;
  }

  /** Every value of {@code config.txt}, by path. */
  public SequencedMap<String, String> config() {
    String text = text(run.resolve(CONFIG));
    require("config", text, run.resolve(CONFIG));
    return ConfigText.read(text, run.resolve(CONFIG).toString());
  }

  /** The text of every file of the folder {@code imports}, given their names there. */
  public SequencedMap<String, String> imports(List<String> names) {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    names.forEach(name -> texts.put(name, text(run.resolve(IMPORTS).resolve(name))));
    if (!texts.isEmpty() || manifest.hashes().containsKey("imports")) {
      require("imports", lines(texts), run.resolve(IMPORTS));
    }
    return texts;
  }

  /** What the run was made from. */
  public Manifest manifest() {
    return manifest;
  }

  /** How the recipe has been changed since the run began. */
  public List<Manifest.Change> changes() {
    return manifest.changes();
  }

  /** The names of those hashes that are not what the run began with. */
  public List<String> changed(SequencedMap<String, String> now) {
    return manifest.changed(now);
  }

  /** Refuses data that would train other weights than what the run began with. */
  public void requireSameData(TrainingData data) {
    manifest.requireSameData(data);
  }

  private void require(String name, String text, Path file) {
    if (!manifest.isOf(name, text)) {
      throw new UserError(
          "%s has changed since the run began: its SHA-256 is %.12s, but the manifest has %.12s"
              .formatted(file, hash(text), manifest.hashes().get(name)),
          "restore it as it was; `swax train FILE` starts another run");
    }
  }

  /** {@code name = value} for each, which is what hashes of several files are made of. */
  static String lines(SequencedMap<String, String> values) {
    StringBuilder text = new StringBuilder();
    values.forEach((name, value) -> text.append(name).append(" = ").append(value).append('\n'));
    return text.toString();
  }

  static String hash(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Hashes.sha256().digest(bytes));
  }

  private static String text(Path file) {
    try {
      return RegularFile.text(file);
    } catch (NoSuchFileException e) {
      throw new UserError(
          "%s is not a run directory: it has no %s"
              .formatted(file.toAbsolutePath().normalize().getParent(), file.getFileName()),
          "`swax train FILE` starts a run");
    } catch (IOException e) {
      throw new UserError("cannot read `%s`: %s".formatted(file, Reasons.of(e)), null);
    }
  }
}
