package dev.swax.compiler.parse;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Collects the faults of one file from all steps of parsing, and hands them on in file order. */
final class Reporter {
  /** After so many faults the rest of the file is not looked at. */
  static final int MOST = 10_000;

  private final SourceFile file;
  private final Lines lines;

  /** By place: of several faults at one place the first found is the cause. */
  private final TreeMap<Integer, Diagnostic> found = new TreeMap<>();

  private final NavigableSet<Integer> passedOver = new TreeSet<>();
  private final NavigableSet<Integer> unclosedTexts = new TreeSet<>();

  Reporter(SourceFile file) {
    this.file = file;
    this.lines = new Lines(file);
  }

  /** Thrown where there are too many faults to go on; what was found stands. */
  static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Full() {
      super(null, null, false, false);
    }
  }

  SourceFile file() {
    return file;
  }

  Lines lines() {
    return lines;
  }

  void report(Code code, Token token, String message, @Nullable String help) {
    report(code, Lexeme.span(file, token), message, help);
  }

  void report(Code code, Span span, String message, @Nullable String help) {
    report(new Diagnostic(code, span, message, List.of(), help));
  }

  void report(Diagnostic diagnostic) {
    found.putIfAbsent(diagnostic.span().start(), diagnostic);
    if (found.size() > MOST) {
      throw new Full();
    }
    if (diagnostic.code() == Code.UNCLOSED_TEXT) {
      unclosedTexts.add(diagnostic.span().start());
    }
  }

  /** Remembers that a reported sign was left out of what is parsed. */
  void passOver(Token token) {
    passedOver.add(token.getStartIndex());
  }

  /** Whether a sign was left out between these offsets, so that a fault there is a consequence. */
  boolean hasPassedOver(int from, int to) {
    return isAnyBetween(passedOver, from, to);
  }

  /** Whether an unclosed text begins between these offsets; it has swallowed what follows it. */
  boolean hasUnclosedText(int from, int to) {
    return isAnyBetween(unclosedTexts, from, to);
  }

  private static boolean isAnyBetween(NavigableSet<Integer> offsets, int from, int to) {
    Integer next = offsets.ceiling(from);
    return next != null && next < to;
  }

  /** Hands everything on, the first fault of the file first. */
  void flush(Diagnostics diagnostics) {
    dropConsequences();
    found.values().forEach(diagnostics::report);
  }

  /**
   * Where a `{` is missing, the `}` that belongs to it closes nothing, and its lines seem to stand
   * at the top of the file: these are no further faults.
   */
  private void dropConsequences() {
    int missing = 0;
    boolean unopened = false;
    var faults = found.values().iterator();
    while (faults.hasNext()) {
      Diagnostic fault = faults.next();
      if (fault.code() == Code.MISSING_WORD && fault.message().contains("needs `{`")) {
        missing++;
        unopened = true;
      } else if (unopened && fault.code() == Code.UNKNOWN_DECLARATION) {
        faults.remove();
      } else if (missing > 0
          && fault.code() == Code.UNOPENED_BRACKET
          && fault.message().startsWith("`}`")) {
        faults.remove();
        missing--;
      } else {
        unopened = false;
      }
    }
  }
}
