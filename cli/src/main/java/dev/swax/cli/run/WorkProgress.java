package dev.swax.cli.run;

import dev.swax.cli.Console;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

/** Tells how much is done: in place on a terminal, else every ten seconds. */
final class WorkProgress implements LongConsumer {
  private static final long ON_A_TERMINAL = 100_000_000L;
  private static final long ELSEWHERE = 10_000_000_000L;

  private final Console console;
  private final LongFunction<String> text;
  private long next;
  private boolean open;

  /** {@code text}: what is told when so much is done. */
  WorkProgress(Console console, LongFunction<String> text) {
    this.console = console;
    this.text = text;
    this.next = System.nanoTime() + (console.errTerminal() ? 0 : ELSEWHERE);
  }

  @Override
  public void accept(long done) {
    long now = System.nanoTime();
    if (now - next < 0) {
      return;
    }
    String line = text.apply(done);
    if (console.errTerminal()) {
      next = now + ON_A_TERMINAL;
      console.err().print("\r" + line + "\u001b[K");
      console.err().flush();
      open = true;
    } else {
      next = now + ELSEWHERE;
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
