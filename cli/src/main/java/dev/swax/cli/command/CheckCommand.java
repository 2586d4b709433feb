package dev.swax.cli.command;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.input.FileOptions;
import dev.swax.cli.input.Input;
import dev.swax.cli.run.TextCheck;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.DiagnosticJson;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.diagnostic.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what is wrong with a file. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Reports everything that is wrong with a file and the data that it names.")
public final class CheckCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final FileOptions file = new FileOptions();

  @Option(names = "--no-data", description = "do not read the files of data blocks and tasks")
  private boolean withoutData;

  public CheckCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    List<Diagnostic> found = found(file.input());
    boolean errors = found.stream().anyMatch(d -> d.code().severity() == Severity.ERROR);
    List<String> outside = errors ? List.of() : outside();
    if (file.json()) {
      host.console().out().print(DiagnosticJson.render(found, file.name(), outside));
    } else {
      host.console().diagnostics(found, false);
      if (!errors) {
        host.console().result(file.name() + ": no errors");
        outside.forEach(host.console()::result);
      }
    }
    return errors ? ExitCode.USER_ERROR : ExitCode.DONE;
  }

  private List<String> outside() {
    return OutsideFiles.of(file.input()).stream()
        .map(path -> "reads outside its folder: " + path)
        .toList();
  }

  /** Everything that is wrong with a file; with what it names where the file itself is right. */
  private List<Diagnostic> found(Input input) {
    List<Diagnostic> found = new ArrayList<>(input.diagnose());
    input
        .findAnalysis(new Diagnostics())
        .ifPresent(analysis -> {
          found.addAll(References.diagnose(analysis));
          if (!withoutData) {
            found.addAll(TextCheck.diagnose(analysis));
            found.addAll(TaskRecords.diagnose(analysis));
          }
        });
    return found;
  }
}
