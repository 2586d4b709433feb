package dev.swax.runtime.data.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Writes the two files of a part: {@code NAME.tokens}, and {@code NAME.documents} with a line of
 * {@link PartFiles#LINE} bytes for each document.
 */
public final class PartWriter implements AutoCloseable {
  private final AppendedFile tokens;
  private final AppendedFile documents;
  private final int width;
  private PartState state;

  /** Goes on from a state that was forced; tokens have {@code width} bytes. */
  public PartWriter(Path folder, String name, int width, PartState state) throws IOException {
    this.width = width;
    this.state = state;
    this.tokens = new AppendedFile(PartFiles.tokens(folder, name), state.tokens() * width);
    try {
      this.documents =
          new AppendedFile(PartFiles.documents(folder, name), state.documents() * PartFiles.LINE);
    } catch (IOException e) {
      tokens.close();
      throw e;
    }
  }

  public PartState state() {
    return state;
  }

  /** Tokens of the document that has begun, as {@link dev.swax.runtime.token.Tokens} maps them. */
  public void append(byte[] mapped, int textBytes) throws IOException {
    tokens.append(mapped);
    state = state.text(mapped.length / width, textBytes);
  }

  /** The document ends; without text there is none. */
  public void end(int source, long number) throws IOException {
    if (state.begun() > 0) {
      ByteBuffer line = ByteBuffer.allocate(PartFiles.LINE);
      line.putLong(state.tokens()).putLong(number).putInt(source).putInt(state.begun());
      documents.append(line.array());
      state = state.end();
    }
  }

  /** Makes the state last. */
  public void force() throws IOException {
    tokens.force();
    documents.force();
  }

  /** The same; nothing is written after this. */
  public void finish() throws IOException {
    tokens.finish();
    documents.finish();
  }

  @Override
  public void close() throws IOException {
    try (tokens) {
      documents.close();
    }
  }
}
