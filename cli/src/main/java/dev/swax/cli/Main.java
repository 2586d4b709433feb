package dev.swax.cli;

import dev.swax.runtime.train.StopSignal;
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
    new Main().run(List.of(arguments));
  }

  private void run(List<String> arguments) {
    var host =
        new Host(Console.ofProcess(System.getenv()), Path.of(""), System.getenv(), this::listen);
    int code = new Swax(host).run(arguments);
    if (signal == null) {
      System.exit(code);
    } else {
      signal.exit(code);
    }
  }

  private BooleanSupplier listen() {
    if (signal == null) {
      signal = StopSignal.install();
    }
    return signal;
  }
}
