package dev.swax.cli.command;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.input.Input;
import dev.swax.cli.run.ShowCaches;
import dev.swax.cli.run.ShowData;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.model.DataPlan;
import dev.swax.runtime.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what text holds, and removes caches. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Says what the data blocks of a file hold: documents, tokens, lengths, a sample.",
      "Tokens of large text are made once and kept, in the folder that SWAX_CACHE names (default: ~/.cache/swax).",
      "Without a file: all caches, also that of compiled programs."
    })
public final class DataCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "the swax file")
  private @Nullable Path file;

  @Parameters(
      index = "1..*",
      paramLabel = "NAME",
      description = "only these data blocks (default: all of the file)")
  private List<String> names = List.of();

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "set a value: `--set data.held_out=1%%`; may be repeated")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "use the settings of this profile of the file")
  private @Nullable String profile;

  @Option(
      names = "--clean",
      description = "remove the caches of these data blocks; without a file, all caches")
  private boolean clean;

  @Option(names = "--json", description = "print errors, and results if there are any, as JSON")
  private boolean json;

  public DataCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    if (file == null) {
      new ShowCaches(host, json).all(clean);
      return ExitCode.DONE;
    }
    Analysis analysis =
        new Input(Input.read(file, json), profile, settings, json).analyze(host.console());
    List<DataPlan> blocks = blocks(analysis, file.normalize().toString());
    if (clean) {
      new ShowCaches(host, json).clean(blocks);
    } else {
      new ShowData(host, json).print(blocks);
    }
    return ExitCode.DONE;
  }

  private List<DataPlan> blocks(Analysis analysis, String of) {
    List<DataPlan> all = analysis.data();
    List<String> known = all.stream().map(DataPlan::name).toList();
    if (all.isEmpty()) {
      throw new UserError("%s has no data block".formatted(of), null);
    }
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UserError(
            "%s has no data block `%s`".formatted(of, name),
            DidYouMean.help(name, known).orElse("one of " + String.join(", ", known)));
      }
    }
    return names.isEmpty()
        ? all
        : all.stream().filter(data -> names.contains(data.name())).toList();
  }
}
