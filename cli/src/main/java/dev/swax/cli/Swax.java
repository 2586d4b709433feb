package dev.swax.cli;

import dev.swax.cli.command.BuildCommand;
import dev.swax.cli.command.CheckCommand;
import dev.swax.cli.command.CompareCommand;
import dev.swax.cli.command.DataCommand;
import dev.swax.cli.command.DoctorCommand;
import dev.swax.cli.command.DumpCommand;
import dev.swax.cli.command.EvaluateCommand;
import dev.swax.cli.command.ExportCommand;
import dev.swax.cli.command.FormatCommand;
import dev.swax.cli.command.GenerateCommand;
import dev.swax.cli.command.GridCommand;
import dev.swax.cli.command.ImportCommand;
import dev.swax.cli.command.InfoCommand;
import dev.swax.cli.command.LanguageServerCommand;
import dev.swax.cli.command.NewCommand;
import dev.swax.cli.command.ResumeCommand;
import dev.swax.cli.command.StopCommand;
import dev.swax.cli.command.TrainCommand;
import dev.swax.cli.command.VerifyCommand;
import dev.swax.cli.command.WatchCommand;
import dev.swax.cli.grid.Engine;
import dev.swax.cli.grid.Manifest;
import dev.swax.cli.run.Device;
import dev.swax.cli.run.MachineOptions;
import dev.swax.compiler.dump.Stage;
import dev.swax.hub.folder.TextLength;
import dev.swax.runtime.FileNames;
import dev.swax.runtime.UserError;
import dev.swax.runtime.checkpoint.NumberFormat;
import dev.swax.runtime.rank.LostRanksException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** The command with its verbs. Whatever happens, it ends with an exit code and no stack trace. */
public final class Swax {
  /** They ask for nothing of a verb but its name and what it is for. */
  private static final List<String> OF_ALL = List.of("--help", "-h", "--version", "-V");

  private final Host host;

  public Swax(Host host) {
    this.host = host;
  }

  /** Runs one command line and returns its {@link ExitCode}. */
  public int run(List<String> arguments) {
    Console console = host.console();
    int code;
    try {
      List<String> said = arguments.isEmpty() ? List.of("--help") : arguments;
      code = commandLine(said).execute(said.toArray(String[]::new));
      console.out().flush();
    } catch (Throwable thrown) {
      code = explain(thrown, arguments);
    }
    return code;
  }

  /**
   * The verbs with their options. It takes time to read these: of arguments that begin with a verb
   * there is only that one, and where help on swax itself is asked for, verbs are without options.
   */
  public CommandLine commandLine(List<String> arguments) {
    var line = new CommandLine(new Root());
    List<Object> all = verbs();
    if (arguments.size() == 1 && OF_ALL.contains(arguments.getFirst())) {
      all.forEach(verb -> line.addSubcommand(listed(verb)));
    } else {
      Optional<Object> first =
          all.stream().filter(verb -> arguments.indexOf(name(verb)) == 0).findFirst();
      first.map(List::of).orElse(all).forEach(verb -> line.addSubcommand(complete(verb)));
    }
    Console console = host.console();
    line.setOut(writer(console.out()));
    line.setErr(writer(console.err()));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(console.color() ? Ansi.ON : Ansi.OFF));
    line.setParameterExceptionHandler((fault, _) -> misused(fault));
    line.setExecutionExceptionHandler((fault, _, _) -> explain(fault, arguments));
    line.setUnmatchedOptionsArePositionalParams(false);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    registerConverters(line);
    return line;
  }

  private CommandLine complete(Object verb) {
    CommandLine complete =
        verb instanceof GridCommand ? GridCommand.with(host) : new CommandLine(verb);
    if (verb instanceof EvaluateCommand || verb instanceof GenerateCommand) {
      hideDevice(complete.getCommandSpec());
    }
    return complete;
  }

  private static CommandLine.Model.CommandSpec listed(Object verb) {
    Command command = annotation(verb);
    CommandLine.Model.CommandSpec listed =
        CommandLine.Model.CommandSpec.create().name(command.name());
    listed.usageMessage().description(command.description());
    return listed;
  }

  private void registerConverters(CommandLine line) {
    line.registerConverter(Path.class, this::path);
    line.registerConverter(int.class, WholeNumber::toInt);
    line.registerConverter(Integer.class, WholeNumber::toInt);
    line.registerConverter(long.class, WholeNumber::toLong);
    line.registerConverter(Long.class, WholeNumber::toLong);
    line.registerConverter(Stage.class, text -> oneOf(Stage.values(), text));
    line.registerConverter(Device.class, text -> oneOf(Device.values(), text));
    line.registerConverter(Engine.class, text -> oneOf(Engine.values(), text));
    line.registerConverter(Manifest.class, text -> oneOf(Manifest.values(), text));
    line.registerConverter(NumberFormat.class, text -> oneOf(NumberFormat.values(), text));
    line.registerConverter(TextLength.class, text -> oneOf(TextLength.values(), text));
  }

  /** Verbs that run on the processor know the options of devices only to say so. */
  private static void hideDevice(CommandLine.Model.CommandSpec verb) {
    for (String name : MachineOptions.OF_DEVICE) {
      CommandLine.Model.OptionSpec option = verb.findOption(name);
      verb.remove(option);
      verb.addOption(CommandLine.Model.OptionSpec.builder(option).hidden(true).build());
    }
  }

  private Path path(String text) {
    FileNames.fault(text)
        .ifPresent(fault -> {
          throw new CommandLine.TypeConversionException(fault);
        });
    try {
      return host.folder().resolve(text);
    } catch (InvalidPathException e) {
      throw new CommandLine.TypeConversionException(
          "`%s` is not a path: %s".formatted(text, e.getReason()));
    }
  }

  private static <T> T oneOf(T[] all, String text) {
    List<String> words = Stream.of(all).map(Object::toString).toList();
    int index = words.indexOf(text.toLowerCase(Locale.ROOT));
    if (index < 0) {
      throw new CommandLine.TypeConversionException(
          "`%s` is not one of %s".formatted(text, String.join(", ", words)));
    }
    return all[index];
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  private static String name(Object verb) {
    return annotation(verb).name();
  }

  private static Command annotation(Object verb) {
    return Objects.requireNonNull(verb.getClass().getAnnotation(Command.class));
  }

  private List<Object> verbs() {
    return List.of(
        new CheckCommand(host),
        new FormatCommand(host),
        new InfoCommand(host),
        new DumpCommand(host),
        new BuildCommand(host),
        new DataCommand(host),
        new TrainCommand(host),
        new ResumeCommand(host),
        new StopCommand(host),
        new EvaluateCommand(host),
        new GenerateCommand(host),
        new ImportCommand(host),
        new ExportCommand(host),
        new CompareCommand(host),
        new WatchCommand(host),
        new GridCommand(),
        new VerifyCommand(host),
        new LanguageServerCommand(host),
        new DoctorCommand(host),
        new NewCommand(host));
  }

  private int misused(CommandLine.ParameterException fault) {
    var misuse = Misuse.of(fault);
    host.console().error(misuse.message(), misuse.help());
    return ExitCode.USER_ERROR;
  }

  /** What a verb that did not end by itself means to the user. */
  private int explain(Throwable thrown, List<String> arguments) {
    Throwable cause =
        thrown instanceof CommandLine.ExecutionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : thrown;
    return switch (cause) {
      case Rejected rejected -> {
        host.console().diagnostics(rejected.diagnostics(), rejected.json());
        yield ExitCode.USER_ERROR;
      }
      case UserError error -> {
        host.console().error(String.valueOf(error.getMessage()), error.help());
        yield ExitCode.USER_ERROR;
      }
      case LostRanksException lost -> {
        host.console()
            .error(
                host.processes().lost(lost),
                "`swax resume RUN` continues from the newest checkpoint");
        yield ExitCode.CHECKPOINTED;
      }
      case ResultStream.NotWanted _ -> ExitCode.NOT_WANTED;
      default ->
          Shortage.find(cause)
              .map(shortage -> {
                host.console().error(shortage.message(), shortage.help());
                return ExitCode.USER_ERROR;
              })
              .orElseGet(() -> fault(cause, arguments));
    };
  }

  private int fault(Throwable cause, List<String> arguments) {
    Optional<String> log = FaultLog.write(cause, arguments).map(Object::toString);
    String what = cause.getClass().getSimpleName();
    String message = cause.getMessage() == null ? "" : ": " + firstLine(cause.getMessage());
    host.console()
        .error(
            "this is a fault of swax, not of your file (%s%s)".formatted(what, message),
            log.map("please report it with your file and the details in "::concat)
                .orElse(
                    "please report it with your file; no file for the details could be written"));
    return ExitCode.FAULT;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  /** What {@code swax} alone does. */
  @Command(
      name = "swax",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      synopsisSubcommandLabel = "VERB",
      description = "Trains hybrid sequence models that are declared in .swax files.",
      commandListHeading = "%nVerbs:%n",
      footerHeading = "%nExit codes:%n",
      footer = {
        "   0  done",
        "   1  a check has failed (verify, fmt --check, grid report, doctor)",
        "   2  something that you can correct; the message says what",
        "  70  a fault of swax",
        "  75  stopped after a checkpoint; `swax resume RUN` continues"
      })
  private static final class Root implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }
}
