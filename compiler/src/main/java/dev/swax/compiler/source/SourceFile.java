package dev.swax.compiler.source;

import java.util.Arrays;
import java.util.Objects;

/**
 * The text of one `.swax` file and the name that messages call it by (a path as the user typed it).
 * Where its lines begin is worked out once: every node of a graph knows the line that it is from.
 */
public final class SourceFile {
  private final String name;
  private final String text;
  private final int[] starts;

  public SourceFile(String name, String text) {
    this.name = name;
    this.text = text;
    this.starts = starts(text);
  }

  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  /** Whether it belongs to the standard library, which users cannot change. */
  public boolean isOfLibrary() {
    return name.startsWith("std/");
  }

  /** Line of the character at {@code offset}, from 1. */
  public int line(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** How many there are; an empty text has one. */
  public int lines() {
    return starts.length;
  }

  /** Offset of the first character of a line, which counts from 1. */
  public int startOf(int line) {
    return starts[line - 1];
  }

  /** Offsets of the first characters of all lines. */
  private static int[] starts(String text) {
    int[] found = new int[16];
    int count = 1;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      if (count == found.length) {
        found = Arrays.copyOf(found, 2 * count);
      }
      found[count] = at + 1;
      count++;
    }
    return Arrays.copyOf(found, count);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SourceFile file && name.equals(file.name) && text.equals(file.text);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, text);
  }

  @Override
  public String toString() {
    return name;
  }
}
