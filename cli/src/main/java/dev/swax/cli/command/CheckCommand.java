package dev.swax.cli.command;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.input.FileOptions;
import dev.swax.cli.input.Input;
import dev.swax.cli.run.TextCheck;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.DiagnosticJson;
import dev.swax.compiler.diagnostic.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what is wrong with files. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Reports everything that is wrong with files and the data that they name.")
public final class CheckCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final FileOptions file = new FileOptions();

  @Parameters(index = "1..*", paramLabel = "FILE", description = "more files")
  private List<Path> further = List.of();

  @Option(names = "--no-data", description = "do not read the files of data blocks and tasks")
  private boolean withoutData;

  public CheckCommand(Host host) {
    this.host = host;
  }

  /**
   * What is wrong with a file.
   *
   * @param outside the files outside its folder that it would read, where nothing is wrong
   */
  private record Checked(String name, List<Diagnostic> found, List<String> outside) {
    boolean errors() {
      return found.stream().anyMatch(d -> d.code().severity() == Severity.ERROR);
    }
  }

  @Override
  public Integer call() {
    List<Checked> files =
        Stream.concat(Stream.of(file.input()), further.stream().map(file::input))
            .map(this::checked)
            .toList();
    if (file.json()) {
      host.console().out().print(json(files));
    } else {
      files.forEach(this::print);
    }
    return files.stream().anyMatch(Checked::errors) ? ExitCode.USER_ERROR : ExitCode.DONE;
  }

  private void print(Checked checked) {
    host.console().diagnostics(checked.found(), false);
    if (!checked.errors()) {
      host.console().result(checked.name() + ": no errors");
      checked.outside().forEach(host.console()::result);
    }
  }

  private static String json(List<Checked> files) {
    SequencedMap<String, List<String>> remarks = new LinkedHashMap<>();
    files.forEach(checked -> remarks.put(checked.name(), checked.outside()));
    return DiagnosticJson.render(
        files.stream().flatMap(checked -> checked.found().stream()).toList(), remarks);
  }

  /** Everything that is wrong with a file; with what it names where the file itself is right. */
  private Checked checked(Input input) {
    Input.Diagnosis diagnosis = input.diagnose();
    List<Diagnostic> found = new ArrayList<>(diagnosis.found());
    diagnosis.analysis().ifPresent(analysis -> found.addAll(named(analysis)));
    var alone = new Checked(input.file().name(), found, List.of());
    return alone.errors()
        ? alone
        : new Checked(alone.name(), found, outside(input, diagnosis.analysis().orElseThrow()));
  }

  private static List<String> outside(Input input, Analysis analysis) {
    return OutsideFiles.of(input, analysis).stream()
        .map(path -> "reads outside its folder: " + path)
        .toList();
  }

  /** What is wrong with the files that a file names. */
  private List<Diagnostic> named(Analysis analysis) {
    List<Diagnostic> found = new ArrayList<>(References.diagnose(analysis));
    if (!withoutData) {
      found.addAll(TextCheck.diagnose(analysis, host));
      found.addAll(TaskRecords.diagnose(analysis));
    }
    return found;
  }
}
