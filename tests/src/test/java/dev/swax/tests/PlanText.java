package dev.swax.tests;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A printed plan with one line a step: what runs, on what, and what it writes. */
final class PlanText {
  private static final String STEP = " ".repeat(4);
  private static final String NODE = " ".repeat(6);
  private static final String VALUES = " ".repeat(8);
  private static final Pattern VALUE = Pattern.compile("(\\S+) \\((kept as )?([^)]*)\\)");
  private static final Pattern CALL =
      Pattern.compile("%\\d+ ?(\\S*) = (\\w+(?:\\(\\w+ transposed\\))?).* : (.*)");

  private final StringBuilder out = new StringBuilder();
  private String step = "";
  private String reads = "";
  private int nodes;

  private PlanText() {}

  /** The plan without its operations. */
  static String shorten(String plan) {
    var text = new PlanText();
    plan.lines().forEach(text::line);
    return text.out.toString();
  }

  private void line(String line) {
    if (line.startsWith(VALUES + "reads")) {
      reads = values(line);
    } else if (line.startsWith(VALUES)) {
      String many = nodes == 0 ? "" : ", %s operations".formatted(nodes);
      out.append("%s%s%s: %s -> %s\n".formatted(STEP, step, many, reads, values(line)));
    } else if (line.startsWith(NODE)) {
      nodes++;
    } else if (line.startsWith(STEP)) {
      Matcher call = CALL.matcher(line.strip());
      step = call.matches() ? call.group(2) + " " + call.group(3) : line.strip();
      nodes = 0;
    } else {
      out.append(line).append('\n');
    }
  }

  /** Names; of what has none, where it is kept. */
  private static String values(String line) {
    return VALUE
        .matcher(line)
        .results()
        .map(value ->
            !value.group(1).startsWith("%")
                ? value.group(1)
                : value.group(2) == null ? "_" : value.group(3))
        .collect(Collectors.joining(", "));
  }
}
