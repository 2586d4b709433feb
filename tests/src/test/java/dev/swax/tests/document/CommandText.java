package dev.swax.tests.document;

import java.util.ArrayList;
import java.util.List;

/**
 * A command as a page shows it.
 *
 * @param line what is typed, its continued lines joined
 * @param shown what the page says that it prints
 */
record CommandText(String line, String shown) {
  private static final String PROMPT = "$ ";

  /** The commands of a block, each with what is shown under it. */
  static List<CommandText> of(String block) {
    List<CommandText> commands = new ArrayList<>();
    var line = new StringBuilder();
    var shown = new StringBuilder();
    boolean goesOn = false;
    for (String text : block.lines().toList()) {
      if (goesOn || text.startsWith(PROMPT)) {
        if (!goesOn) {
          flush(commands, line, shown);
        }
        String typed = goesOn ? text.strip() : text.substring(PROMPT.length());
        goesOn = typed.endsWith("\\");
        line.append(goesOn ? typed.substring(0, typed.length() - 1) : typed);
      } else {
        shown.append(text).append('\n');
      }
    }
    flush(commands, line, shown);
    return commands;
  }

  private static void flush(List<CommandText> to, StringBuilder line, StringBuilder shown) {
    if (!line.isEmpty()) {
      to.add(new CommandText(line.toString(), shown.toString()));
    }
    line.setLength(0);
    shown.setLength(0);
  }

  /**
   * Whether it is a verb alone, which can be done in this process. {@code doctor} cannot: MPI,
   * which it looks for, takes signals that Java needs.
   */
  boolean isVerb() {
    return line.startsWith("swax ") && !line.startsWith("swax doctor") && !line.contains(" | ");
  }

  /** The words after the program, without a comment; quotation marks join words. */
  List<String> arguments() {
    List<String> words = new ArrayList<>();
    var word = new StringBuilder();
    boolean started = false;
    char quote = 0;
    for (char c : (line + " ").toCharArray()) {
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        started = true;
      } else if (c == '#' && !started) {
        break;
      } else if (c != ' ') {
        word.append(c);
        started = true;
      } else if (started) {
        words.add(word.toString());
        word.setLength(0);
        started = false;
      }
    }
    return words.subList(1, words.size());
  }
}
