package dev.swax.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How many characters a line of the terminal has. */
public final class TerminalWidth {
  private static final int USUAL = 80;

  private TerminalWidth() {}

  /**
   * Where results go: what COLUMNS says, or the terminal; as wide as need be where there is none.
   */
  public static int of(Host host) {
    String said = host.environment().getOrDefault("COLUMNS", "");
    if (said.matches("[1-9][0-9]{0,5}")) {
      return Integer.parseInt(said);
    }
    return host.console().outTerminal() ? ofTerminal() : Integer.MAX_VALUE;
  }

  private static int ofTerminal() {
    try {
      Process asked =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer =
          new String(asked.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      return answer.matches("[0-9]+ [1-9][0-9]{0,5}")
          ? Integer.parseInt(answer.substring(answer.indexOf(' ') + 1))
          : USUAL;
    } catch (IOException e) {
      return USUAL; // a system without stty, or a process without a terminal of its own
    }
  }
}
