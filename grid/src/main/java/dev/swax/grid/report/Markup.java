package dev.swax.grid.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes elements of well-formed XML; all text and attribute values are escaped. */
public final class Markup {
  private final StringBuilder text = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element; attributes are names and values in turn. */
  public Markup open(String element, String... attributes) {
    openTag(element, attributes).append('>');
    open.push(element);
    return this;
  }

  /** An element without content. */
  public Markup empty(String element, String... attributes) {
    openTag(element, attributes).append(" />");
    return this;
  }

  /** An element that holds only text. */
  public Markup element(String element, String content, String... attributes) {
    return open(element, attributes).text(content).close();
  }

  /** Closes the element that was opened last. */
  public Markup close() {
    text.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Text, with its lines kept. */
  public Markup text(String content) {
    text.append(escape(Characters.printableLines(content)));
    return this;
  }

  /** What is markup already. */
  public Markup raw(String markup) {
    text.append(markup);
    return this;
  }

  /** Ends a line of the markup. */
  public Markup newLine() {
    return raw("\n");
  }

  private StringBuilder openTag(String element, String... attributes) {
    text.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      text.append(' ').append(attributes[i]).append("=\"");
      text.append(escape(Characters.printable(attributes[i + 1]))).append('"');
    }
    return text;
  }

  private static String escape(String content) {
    return content
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
