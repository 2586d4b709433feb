package dev.swax.cli;

import dev.swax.compiler.analyze.module.FileModules;
import dev.swax.runtime.UserError;
import dev.swax.runtime.train.StopSignal;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The process. */
public final class Main {
  private @Nullable StopSignal signal;

  private Main() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT); // messages and numbers are the same everywhere
    prepare(arguments);
    var main = new Main();
    int code;
    try (var _ = BuildLease.take(System.getProperty("java.class.path", ""))) {
      var environment = System.getenv();
      Console console = Console.ofProcess(environment);
      code = run(List.of(arguments), console, Path.of(""), environment, main::listen);
    }
    if (main.signal == null) {
      System.exit(code);
    } else {
      main.signal.exit(code);
    }
  }

  /** Where a file is named, the library is parsed while the command line is. */
  private static void prepare(String[] arguments) {
    if (Arrays.stream(arguments).anyMatch(argument -> argument.endsWith(".swax"))) {
      Thread.ofPlatform().daemon().name("library").start(FileModules::prepare);
    }
  }

  /** Runs one command line and returns its {@link ExitCode}. */
  static int run(
      List<String> arguments,
      Console console,
      Path folder,
      Map<String, String> environment,
      Supplier<BooleanSupplier> stop) {
    int code = ExitCode.USER_ERROR;
    try {
      Processes processes = Processes.of(environment);
      Console own = processes.console(console);
      if (readsNames(own)) {
        var host = new Host(own, folder, environment, stop, processes);
        code = processes.end(new Swax(host).run(arguments));
      }
    } catch (UserError error) {
      console.error(String.valueOf(error.getMessage()), error.help());
    }
    return code;
  }

  /**
   * Where Java knows fewer characters than names of files have, one name would stand for several.
   */
  private static boolean readsNames(Console console) {
    String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
    boolean bytes = File.separatorChar == '/'; // elsewhere names are characters anyway
    if (!bytes || encoding.equalsIgnoreCase("UTF-8")) {
      return true;
    }
    console.error(
        "Java reads file names as %s here, so different names could look the same"
            .formatted(encoding),
        "set `LC_ALL=C.UTF-8`, or another UTF-8 locale that `locale -a` lists");
    return false;
  }

  private BooleanSupplier listen() {
    if (signal == null) {
      signal = StopSignal.install();
    }
    return signal;
  }
}
