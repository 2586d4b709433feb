package dev.swax.cli.run;

import dev.swax.cli.Console;
import java.util.function.LongConsumer;

/** Tells how many examples are done: in place on a terminal, else every ten seconds. */
final class ExampleProgress implements LongConsumer {
  private static final long INTERVAL = 10_000_000_000L;

  private final Console console;
  private final int length;
  private final long examples;
  private long last = System.nanoTime();
  private boolean open;

  ExampleProgress(Console console, int length, long examples) {
    this.console = console;
    this.length = length;
    this.examples = examples;
  }

  @Override
  public void accept(long done) {
    String line = "length %,d: %,d of %,d examples".formatted(length, done, examples);
    if (console.errTerminal()) {
      console.err().print("\r" + line + "\u001b[K");
      console.err().flush();
      open = true;
    } else if (System.nanoTime() - last >= INTERVAL) {
      last = System.nanoTime();
      console.message(line);
    }
  }

  /** Takes the line off the terminal. */
  void finish() {
    if (open) {
      console.err().print("\r\u001b[K");
      console.err().flush();
      open = false;
    }
  }
}
