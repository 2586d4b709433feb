package dev.swax.compiler.diagnostic;

import dev.swax.compiler.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a user's files; nothing here throws. */
public final class Diagnostics {
  /** More errors than this are counted, not shown; warnings too, apart from errors. */
  public static final int SHOWN = 50;

  private final SequencedSet<Diagnostic> reported = new LinkedHashSet<>();
  private int errors;

  /** Reports a fault. {@code help} is null unless it is something one can type. */
  public void report(Code code, Span span, String message, @Nullable String help) {
    report(new Diagnostic(code, span, message, List.of(), help));
  }

  /** Reports a fault; the same one twice is one. */
  public void report(Diagnostic diagnostic) {
    if (reported.add(diagnostic) && diagnostic.code().severity() == Severity.ERROR) {
      errors++;
    }
  }

  /** How many errors were reported so far. */
  public int errors() {
    return errors;
  }

  public boolean hasErrors() {
    return errors > 0;
  }

  /** Whether the next error will probably be counted only, so that help is not worth its time. */
  public boolean isFull() {
    return errors > SHOWN;
  }

  /** Everything reported so far, in the order in which it was found. */
  public List<Diagnostic> all() {
    return List.copyOf(reported);
  }

  /** The same for people: file by file, in each in the order of places, the first of very many. */
  public List<Diagnostic> inOrder() {
    Map<String, Integer> files = new LinkedHashMap<>();
    reported.forEach(diagnostic -> files.putIfAbsent(file(diagnostic), files.size()));
    List<Diagnostic> sorted = new ArrayList<>(reported);
    sorted.sort(
        Comparator.comparingInt((Diagnostic d) -> files.getOrDefault(file(d), 0))
            .thenComparingInt(d -> d.span().start()));
    var first = new First();
    sorted.forEach(first::add);
    return first.shown();
  }

  private static String file(Diagnostic diagnostic) {
    return diagnostic.span().file().name();
  }

  /** The first of each severity, and how many more there are. */
  private static final class First {
    private final List<Diagnostic> shown = new ArrayList<>();
    private final List<Diagnostic> moreErrors = new ArrayList<>();
    private final List<Diagnostic> moreWarnings = new ArrayList<>();
    private int errors;
    private int warnings;

    void add(Diagnostic diagnostic) {
      boolean error = diagnostic.code().severity() == Severity.ERROR;
      int count = error ? ++errors : ++warnings;
      (count <= SHOWN ? shown : error ? moreErrors : moreWarnings).add(diagnostic);
    }

    List<Diagnostic> shown() {
      count(Code.MANY_FAULTS, "%,d more error%s not shown; the first is here", moreErrors);
      count(Code.MANY_WARNINGS, "%,d more warning%s not shown; the first is here", moreWarnings);
      return shown;
    }

    private void count(Code code, String message, List<Diagnostic> more) {
      if (!more.isEmpty()) {
        String verb = more.size() == 1 ? " is" : "s are";
        shown.add(
            new Diagnostic(
                code,
                more.getFirst().span(),
                String.format(Locale.ROOT, message, more.size(), verb),
                List.of(),
                null));
      }
    }
  }
}
