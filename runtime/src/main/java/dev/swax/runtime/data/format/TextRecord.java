package dev.swax.runtime.data.format;

/**
 * The text of a document, or a part of it, and where it stands in its file. A plain file that is
 * large comes in parts, so that no more than one part of it is in memory.
 */
public final class TextRecord {
  private final long number;
  private final byte[] text;
  private final long taken;
  private final boolean end;

  /**
   * Takes the array as it is.
   *
   * @param number the line or row that it stands in, from 1; 0 where the whole file is one document
   * @param text UTF-8
   * @param taken how many of the file's stored bytes were read when this was found
   * @param end whether the document ends with it; otherwise the next record goes on with it
   */
  public TextRecord(long number, byte[] text, long taken, boolean end) {
    this.number = number;
    this.text = text;
    this.taken = taken;
    this.end = end;
  }

  /** A line or row, which is a whole document. */
  public TextRecord(long number, byte[] text, long taken) {
    this(number, text, taken, true);
  }

  /** The line or row, from 1; 0 where the whole file is one document. */
  public long number() {
    return number;
  }

  /** The name of the document: that of its file, and behind it the line or row. */
  public String name(SourceFile file) {
    return number == 0 ? file.name() : file.name() + ":" + number;
  }

  /** UTF-8, which nobody changes. */
  public byte[] text() {
    return text;
  }

  /** How many of the file's stored bytes were read when this was found. */
  public long taken() {
    return taken;
  }

  /** Whether the document ends with this text. */
  public boolean end() {
    return end;
  }
}
