package dev.swax.cli.run;

import dev.swax.cli.Console;
import dev.swax.runtime.train.TerminalLine;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

/**
 * Tells how much is done and how long the rest takes: in place on a terminal, else every ten
 * seconds.
 */
final class WorkProgress implements LongConsumer {
  private static final long ON_A_TERMINAL = 100_000_000L;
  private static final long ELSEWHERE = 10_000_000_000L;

  /** Nothing is estimated from less, in seconds. */
  private static final double SHORT = 2;

  private final Console console;
  private final LongFunction<String> text;
  private final long began;
  private final long total;
  private long first = -1;
  private long next;
  private boolean open;

  /**
   * Of some work.
   *
   * @param total how much is to be done; 0 where nobody knows
   * @param text what is told when so much is done
   */
  WorkProgress(Console console, long total, LongFunction<String> text) {
    this.console = console;
    this.total = total;
    this.text = text;
    this.began = System.nanoTime();
    this.next = began + (console.errTerminal() ? 0 : ELSEWHERE);
  }

  @Override
  public void accept(long done) {
    if (first < 0) {
      first = done;
    }
    long now = System.nanoTime();
    if (now - next < 0) {
      return;
    }
    String line = text.apply(done) + left(done, (now - began) / 1e9);
    if (console.errTerminal()) {
      next = now + ON_A_TERMINAL;
      console.err().print(TerminalLine.of(line));
      console.err().flush();
      open = true;
    } else {
      next = now + ELSEWHERE;
      console.message(line);
    }
  }

  /** {@code first} is what had been done before, or at once. */
  private String left(long done, double seconds) {
    boolean known = total > 0 && seconds >= SHORT && done > first;
    return known ? "  eta " + time((total - done) * seconds / (done - first)) : "";
  }

  /** {@code 03:12}, or {@code 2:03:12} from an hour on. */
  static String time(double seconds) {
    long whole = Math.max(0, Math.round(seconds));
    String rest = String.format(Locale.ROOT, "%02d:%02d", whole / 60 % 60, whole % 60);
    return whole < 3600 ? rest : whole / 3600 + ":" + rest;
  }

  /** Takes the line off the terminal. */
  void finish() {
    if (open) {
      console.err().print(TerminalLine.CLEARED);
      console.err().flush();
      open = false;
    }
  }
}
