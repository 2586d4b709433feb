package dev.swax.cli;

import dev.swax.compiler.diagnostic.Diagnostic;
import java.util.List;

/** Ends a verb because of what is wrong with a file. */
public final class Rejected extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Diagnostic> diagnostics;
  private final boolean json;

  public Rejected(List<Diagnostic> diagnostics, boolean json) {
    super(diagnostics.size() + " faults");
    this.diagnostics = List.copyOf(diagnostics);
    this.json = json;
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  /** Whether a program reads the messages. */
  boolean json() {
    return json;
  }
}
