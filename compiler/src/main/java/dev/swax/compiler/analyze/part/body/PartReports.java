package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.analyze.model.PartAnalysis;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.diagnostic.Severity;
import dev.swax.compiler.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is said about one part at one place of use, each thing once. */
public final class PartReports {
  private final PartAnalysis.PlacedPart placed;
  private final Diagnostics diagnostics;
  private final Set<String> told = new LinkedHashSet<>();
  private final List<Diagnostic> reasons = new ArrayList<>();
  private boolean failed;
  private boolean sizeReported;

  PartReports(PartAnalysis.PlacedPart placed, Diagnostics diagnostics) {
    this.placed = placed;
    this.diagnostics = diagnostics;
  }

  boolean failed() {
    return failed;
  }

  void fail() {
    failed = true;
  }

  boolean isFull() {
    return diagnostics.isFull();
  }

  /** Why this cell cannot be trained; empty if it can be, as far as it has been looked at. */
  List<Diagnostic> reasons() {
    return reasons;
  }

  void untrained(Diagnostic reason) {
    reasons.add(reason);
  }

  void reportReasons() {
    reasons.stream().filter(reason -> !isOfLibrary(reason)).forEach(this::report);
  }

  /** Whether it is about a line of the standard library. */
  public static boolean isOfLibrary(Diagnostic diagnostic) {
    return diagnostic.span().file().isOfLibrary();
  }

  void report(Diagnostic diagnostic) {
    failed |= diagnostic.code().severity() == Severity.ERROR;
    Diagnostic shown = located(diagnostic);
    if (told.add(shown.code() + shown.message() + shown.span())) {
      diagnostics.report(shown);
    }
  }

  /** Reports a parameter that is no size, at the use that gives it; of several, the first. */
  void reportSize(String parameter, Span place, String value, int heads, String rule) {
    if (sizeReported) {
      return;
    }
    sizeReported = true;
    boolean given = !placed.declaration().span().file().equals(place.file());
    String message =
        "`%s` of `%s` is %s with `width` %d and `heads` %d, but %s"
            .formatted(
                parameter, placed.declaration().name().text(), value, placed.width(), heads, rule);
    report(
        new Diagnostic(
            Code.CELL_NUMBER,
            given ? place : placed.use(),
            message,
            given
                ? List.of()
                : List.of(new Diagnostic.Note(place, "`%s` comes from here".formatted(parameter))),
            placed.width() % heads == 0
                ? given ? "`round_up(%s, 64)`".formatted(place.words()) : null
                : "heads: %d".formatted(nearestDivisor(heads))));
  }

  /** The number of heads nearest to this one that divides the width. */
  private int nearestDivisor(int heads) {
    int distance = 0;
    while (heads - distance > 1 && placed.width() % (heads - distance) != 0) {
      distance++;
    }
    int below = heads - distance;
    int above = heads;
    while (placed.width() % above != 0) {
      above++;
    }
    return above - heads < distance ? above : below;
  }

  /**
   * A fault in another file also says which use of the part brings it out; one in the standard
   * library is shown at that use, because nobody can change the library.
   */
  private Diagnostic located(Diagnostic diagnostic) {
    Span use = placed.use();
    if (diagnostic.span().file().equals(use.file())) {
      return diagnostic;
    }
    boolean library = isOfLibrary(diagnostic);
    var notes = new ArrayList<>(diagnostic.notes());
    notes.add(
        library
            ? new Diagnostic.Note(diagnostic.span(), "in this line of the library")
            : new Diagnostic.Note(
                use, "used here, in a model of width %d".formatted(placed.width())));
    return new Diagnostic(
        diagnostic.code(),
        library ? use : diagnostic.span(),
        diagnostic.message(),
        notes,
        diagnostic.help());
  }
}
