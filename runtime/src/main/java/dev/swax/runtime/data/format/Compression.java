package dev.swax.runtime.data.format;

import java.io.IOException;
import java.io.InputStream;

/** How a file is packed. One that needs a library is a service of another module. */
public interface Compression {
  /** How names of such files end, with the point. */
  String ending();

  /**
   * What is packed in {@code in}, all members of it. Bytes that were cut off or changed are a
   * {@link PackedException}, thrown no later than at the end.
   */
  InputStream unpack(InputStream in) throws IOException;
}
