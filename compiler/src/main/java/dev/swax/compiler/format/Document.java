package dev.swax.compiler.format;

import java.util.ArrayList;
import java.util.List;

/** Text with places where it may be broken; {@link Layout} decides which of them are used. */
sealed interface Document {
  Document EMPTY = new Text("");

  /** Words without a line break. */
  record Text(String text) implements Document {}

  /** A line break if the group around it is broken, {@code flat} if not. */
  record Line(String flat) implements Document {}

  /** A line break always, and so in every group around it. */
  record HardLine() implements Document {}

  /** An empty line, then a line break always. */
  record BlankLine() implements Document {}

  /** Printed at the end of the line it falls on; never makes a line too long. */
  record LineEnd(String text) implements Document {}

  /** One text if the group around it is broken, another if not. */
  record Either(String broken, String flat) implements Document {}

  record Concatenation(List<Document> parts) implements Document {
    public Concatenation {
      parts = List.copyOf(parts);
    }
  }

  /** Line breaks inside are followed by one more step of indentation. */
  record Indented(Document body) implements Document {}

  /**
   * On one line if it fits, else with all its own lines broken.
   *
   * @param first whether it is broken before what stands in front of it is
   */
  record Group(Document body, boolean first) implements Document {
    Group(Document body) {
      this(body, false);
    }
  }

  static Document text(String text) {
    return new Text(text);
  }

  static Document of(Document... parts) {
    return new Concatenation(List.of(parts));
  }

  static Document of(List<Document> parts) {
    return new Concatenation(parts);
  }

  static Document group(Document... parts) {
    return new Group(of(parts));
  }

  static Document indented(Document... parts) {
    return new Indented(of(parts));
  }

  /** A break, or a blank. */
  static Document line() {
    return new Line(" ");
  }

  /** A break, or nothing. */
  static Document softLine() {
    return new Line("");
  }

  static Document join(Document separator, List<Document> parts) {
    List<Document> joined = new ArrayList<>();
    for (Document part : parts) {
      if (!joined.isEmpty()) {
        joined.add(separator);
      }
      joined.add(part);
    }
    return of(joined);
  }
}
