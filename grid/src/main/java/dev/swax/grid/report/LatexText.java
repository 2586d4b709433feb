package dev.swax.grid.report;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Text as LaTeX that shows it, under pdfTeX, XeTeX and LuaTeX alike. */
final class LatexText {
  private static final String GREEK_SMALL =
      "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi o pi rho"
          + " varsigma sigma tau upsilon varphi chi psi omega";
  private static final List<String> GREEK = List.of(GREEK_SMALL.split(" "));
  private static final int ALPHA = 'α';

  private LatexText() {}

  /** A character that T1 fonts lack shows as its code point: {@code [U+6F22]}. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    Characters.printable(text).codePoints().forEach(c -> append(escaped, c));
    return escaped.toString();
  }

  private static void append(StringBuilder out, int c) {
    String written = command(c);
    if (written != null) {
      out.append(written);
    } else if (joins(out, c)) {
      out.append("{}").appendCodePoint(c);
    } else if ((c >= ' ' && c <= '~') || (c >= 'À' && c <= 'ÿ')) {
      out.appendCodePoint(c);
    } else if (c >= ALPHA && c < ALPHA + GREEK.size()) {
      String name = GREEK.get(c - ALPHA);
      out.append("o".equals(name) ? "o" : "$\\" + name + "$");
    } else {
      out.append(String.format(Locale.ROOT, "[U+%04X]", c));
    }
  }

  /** Two hyphens or commas in a row would become another character. */
  private static boolean joins(StringBuilder out, int c) {
    return (c == '-' || c == ',') && !out.isEmpty() && out.charAt(out.length() - 1) == c;
  }

  private static @Nullable String command(int c) {
    return switch (c) {
      case '\\' -> "\\textbackslash{}";
      case '{' -> "\\{";
      case '}' -> "\\}";
      case '$' -> "\\$";
      case '&' -> "\\&";
      case '#' -> "\\#";
      case '%' -> "\\%";
      case '_' -> "\\_";
      case '^' -> "\\textasciicircum{}";
      case '~' -> "\\textasciitilde{}";
      case '<' -> "\\textless{}";
      case '>' -> "\\textgreater{}";
      case '|' -> "\\textbar{}";
      case '"' -> "\\textquotedbl{}";
      case '\'' -> "\\textquotesingle{}";
      case '`' -> "\\textasciigrave{}";
      case '[' -> "{[}";
      case ']' -> "{]}";
      default -> symbol(c);
    };
  }

  private static @Nullable String symbol(int c) {
    return switch (c) {
      case '\u00A0' -> "~";
      case '±' -> "$\\pm$";
      case '−' -> "$-$";
      case '×' -> "$\\times$";
      case '✗' -> "$\\times$";
      case '✓' -> "$\\surd$";
      case '↑' -> "$\\uparrow$";
      case '↓' -> "$\\downarrow$";
      case '→' -> "$\\to$";
      case '≤' -> "$\\leq$";
      case '≥' -> "$\\geq$";
      case '≈' -> "$\\approx$";
      case '∞' -> "$\\infty$";
      case '√' -> "$\\surd$";
      case '·' -> "$\\cdot$";
      case '÷' -> "$\\div$";
      case 'µ' -> "$\\mu$";
      case '°' -> "\\textdegree{}";
      case '§' -> "\\S{}";
      case '–' -> "--";
      case '—' -> "---";
      case '…' -> "\\dots{}";
      case '‘' -> "\\textquoteleft{}";
      case '’' -> "\\textquoteright{}";
      case '“' -> "\\textquotedblleft{}";
      case '”' -> "\\textquotedblright{}";
      default -> null;
    };
  }
}
