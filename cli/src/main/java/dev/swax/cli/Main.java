package dev.swax.cli;

import dev.swax.runtime.UserError;
import dev.swax.runtime.train.StopSignal;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The process. */
public final class Main {
  private @Nullable StopSignal signal;

  private Main() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT); // messages and numbers are the same everywhere
    var lease = BuildLease.take(System.getProperty("java.class.path", ""));
    new Main().run(List.of(arguments), lease);
  }

  private void run(List<String> arguments, BuildLease lease) {
    var environment = System.getenv();
    Console console = Console.ofProcess(environment);
    int code = ExitCode.USER_ERROR;
    try {
      Processes processes = Processes.of(environment);
      Console own = processes.console(console);
      if (readsNames(own)) {
        var host = new Host(own, Path.of(""), environment, this::listen, processes);
        code = processes.end(new Swax(host).run(arguments));
      }
    } catch (UserError error) {
      console.error(String.valueOf(error.getMessage()), error.help());
    }
    lease.close();
    if (signal == null) {
      System.exit(code);
    } else {
      signal.exit(code);
    }
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
