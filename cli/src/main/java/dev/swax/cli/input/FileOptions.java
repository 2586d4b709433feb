package dev.swax.cli.input;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of every verb that reads a file. */
public final class FileOptions {
  @Parameters(index = "0", paramLabel = "FILE", description = "the swax file")
  private Path path = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "set a value: `--set train.seq=512`; may be repeated")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "use the settings of this profile of the file")
  private @Nullable String profile;

  @Option(names = "--json", description = "print errors, and results if there are any, as JSON")
  private boolean json;

  /** The file as messages call it. */
  public String name() {
    return path.normalize().toString();
  }

  public boolean json() {
    return json;
  }

  public @Nullable String profile() {
    return profile;
  }

  /** Reads the file. */
  public Input input() {
    return input(path);
  }

  /** Reads another file, with the same options. */
  public Input input(Path other) {
    return new Input(Input.read(other, json), profile, settings, json);
  }
}
