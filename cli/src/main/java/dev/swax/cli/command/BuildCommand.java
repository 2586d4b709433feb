package dev.swax.cli.command;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.input.FileOptions;
import dev.swax.cli.input.Input;
import dev.swax.cli.input.Selection;
import dev.swax.cli.input.StageText;
import dev.swax.compiler.Compiler;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.codegen.cpu.ProgramEmitter;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the generated program. */
@Command(
    name = "build",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Writes the generated Java program of a model, and checks that it compiles.")
public final class BuildCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final FileOptions file = new FileOptions();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "folder for the sources; created if it does not exist")
  private Path output = Path.of("");

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "which model, if the file has several")
  private @Nullable String model;

  public BuildCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    Input input = file.input();
    Analysis analysis = input.analyze(host.console());
    Architecture chosen = Selection.model(analysis, file.name(), model);
    CompiledModel compiled =
        Compiler.generate(
            Lowering.of(chosen).plan().with(StageText.recompute(analysis)),
            StageText.optimizer(analysis));
    Path target = output.resolve(sourcePath(chosen));
    write(target, compiled.source());
    host.console().out().println(target);
    return ExitCode.DONE;
  }

  /** {@code swax/generated/Name.java}. */
  private static String sourcePath(Architecture model) {
    return ProgramEmitter.PACKAGE.replace('.', '/')
        + "/"
        + ProgramEmitter.className(model)
        + ".java";
  }

  private static void write(Path target, String source) {
    try {
      Files.createDirectories(target.resolveSibling("."));
      NewFile.write(target, source);
    } catch (IOException e) {
      throw new UserError("cannot write `%s`: %s".formatted(target, Reasons.of(e)), null);
    }
  }
}
