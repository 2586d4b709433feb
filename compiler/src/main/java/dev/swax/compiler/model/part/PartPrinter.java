package dev.swax.compiler.model.part;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the compiler understood of a cell: its family, its forms and what a token costs. */
public final class PartPrinter {
  private PartPrinter() {}

  /** Some lines, each ended. */
  public static String explain(Part part) {
    var lines = new ArrayList<String>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s %s, width %d, heads %d",
            part.kind().text(),
            part.name(),
            part.width(),
            part.heads()));
    for (Part.Definition definition : part.definitions()) {
      lines.add(
          "  "
              + definition.name()
              + next(definition)
              + shape(definition)
              + " = "
              + primed(read(part), definition.name(), PartText.of(definition.value())));
    }
    if (part.recurrence() != null) {
      part.recurrence().words().forEach(line -> lines.add("  " + primed(scanned(part), "", line)));
    }
    convolutions(part, lines);
    lines.add("  out = " + primed(read(part), "", PartText.of(part.output())));
    return String.join("\n", lines) + "\n";
  }

  private static void convolutions(Part part, List<String> lines) {
    long numbers =
        part.convolutions().stream().mapToLong(conv -> conv.shape().stateNumbers()).sum();
    if (numbers > 0) {
      lines.add(
          String.format(
              Locale.ROOT, "  last tokens of convolutions: %,d numbers a sequence", numbers));
    }
  }

  /** A state is named as it is read: after this token. */
  private static String next(Part.Definition definition) {
    return definition.value() instanceof PartExpression.Scan ? "'" : "";
  }

  private static String shape(Part.Definition definition) {
    int size = definition.value().size();
    HeadGroups groups = definition.groups();
    return groups == null
        ? size == 1 ? "" : ": [" + size + "]"
        : ": [" + size + "] per " + groups.name();
  }

  /** States that are values like others are written as they are read, but for {@code own}. */
  private static String primed(List<String> states, String own, String text) {
    String primed = text;
    for (String state : states) {
      if (!state.equals(own)) {
        primed =
            Pattern.compile("(?<![\\w\\[`])" + Pattern.quote(state) + "(?![\\w'(\\]`])")
                .matcher(primed)
                .replaceAll(found -> found.group() + "'");
      }
    }
    return primed;
  }

  private static List<String> scanned(Part part) {
    return part.scans().stream().map(PartExpression.Scan::name).toList();
  }

  /**
   * Those of {@link #scanned}, and the state of the recurrence where its value is read as it is.
   */
  private static List<String> read(Part part) {
    List<String> states = new ArrayList<>(scanned(part));
    Recurrence recurrence = part.recurrence();
    if (recurrence != null
        && recurrence.words().stream().anyMatch(w -> w.startsWith(recurrence.result() + "' = "))) {
      states.add(recurrence.result());
    }
    return states;
  }
}
