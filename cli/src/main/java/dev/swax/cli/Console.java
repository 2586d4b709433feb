package dev.swax.cli;

import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.DiagnosticJson;
import dev.swax.compiler.diagnostic.DiagnosticRenderer;
import dev.swax.runtime.Visible;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a process writes: results to {@code out}, messages to {@code err}.
 *
 * @param outTerminal whether a person reads {@code out} directly
 * @param errTerminal whether a person reads {@code err} directly
 * @param color whether messages may be coloured
 */
public record Console(
    PrintStream out, PrintStream err, boolean outTerminal, boolean errTerminal, boolean color) {
  private static final Pattern HEADLINE =
      Pattern.compile("^(error|warning|note)(\\[SWX\\d+])?:", Pattern.MULTILINE);
  private static final String RED = "\u001b[1;31m";
  private static final String YELLOW = "\u001b[1;33m";
  private static final String PLAIN = "\u001b[0m";

  /** That of this process; the launcher says what is a terminal. */
  static Console ofProcess(Map<String, String> environment) {
    var results = new ResultStream(new FileOutputStream(FileDescriptor.out));
    var out =
        new PrintStream(new BufferedOutputStream(results, 1 << 13), false, StandardCharsets.UTF_8);
    boolean terminal = Boolean.getBoolean("swax.terminal.err");
    return new Console(
        out,
        StandardError.open(),
        Boolean.getBoolean("swax.terminal.out"),
        terminal,
        terminal && environment.getOrDefault("NO_COLOR", "").isEmpty());
  }

  /** Prints one error with what to type instead, where something can be typed. */
  public void error(String message, @Nullable String help) {
    String text =
        "error: "
            + Visible.harmlessLines(message)
            + "\n"
            + (help == null ? "" : "  = help: " + Visible.harmlessLines(help) + "\n");
    print(text);
  }

  /** Prints faults of a file: for people, or for programs. */
  public void diagnostics(List<Diagnostic> diagnostics, boolean json) {
    if (json) {
      err.print(DiagnosticJson.render(diagnostics));
      err.flush();
    } else {
      print(DiagnosticRenderer.render(diagnostics));
    }
  }

  /** Prints a line of a result for people. */
  public void result(String line) {
    out.println(Visible.harmlessLines(line));
  }

  /** Prints a message for people. */
  public void message(String text) {
    err.println(Visible.harmlessLines(text));
    err.flush();
  }

  private void print(String text) {
    err.print(color ? HEADLINE.matcher(text).replaceAll(m -> coloured(m.group())) : text);
    err.flush();
  }

  private static String coloured(String headline) {
    return (headline.startsWith("error") ? RED : YELLOW) + headline + PLAIN;
  }
}
