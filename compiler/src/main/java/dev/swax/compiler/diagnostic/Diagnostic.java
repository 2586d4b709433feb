package dev.swax.compiler.diagnostic;

import dev.swax.compiler.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One fault in a user's file: what is wrong with both facts, the smallest span, and help that can
 * be typed.
 */
public record Diagnostic(
    Code code, Span span, String message, List<Note> notes, @Nullable String help) {
  public Diagnostic {
    notes = List.copyOf(notes);
  }

  /** A second place that matters: where the other size came from. */
  public record Note(Span span, String message) {}
}
