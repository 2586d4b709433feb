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
  /** Longer messages are cut: what they quote may be all of a file. */
  private static final int LONGEST = 600;

  public Diagnostic {
    message = cut(message);
    notes = List.copyOf(notes);
    help = help == null ? null : cut(help);
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "…";
  }

  /** A second place that matters: where the other size came from. */
  public record Note(Span span, String message) {
    public Note {
      message = cut(message);
    }
  }
}
