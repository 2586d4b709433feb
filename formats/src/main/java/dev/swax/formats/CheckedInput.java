package dev.swax.formats;

import dev.hardwood.InputFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An input that ends what would never end: where a page claims to be longer than its column, the
 * library asks for no bytes at the end of it, again and again.
 */
final class CheckedInput implements InputFile {
  private final InputFile input;
  private final AtomicLong empty = new AtomicLong(-1);

  CheckedInput(InputFile input) {
    this.input = input;
  }

  @Override
  public ByteBuffer readRange(long offset, int length) throws IOException {
    if (length == 0 && empty.getAndSet(offset) == offset) {
      throw new EOFException("a page is longer than its column");
    }
    return input.readRange(offset, length);
  }

  @Override
  public void open() throws IOException {
    input.open();
  }

  @Override
  public long length() throws IOException {
    return input.length();
  }

  @Override
  public String name() {
    return input.name();
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
