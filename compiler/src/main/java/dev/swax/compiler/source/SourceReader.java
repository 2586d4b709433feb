package dev.swax.compiler.source;

import dev.swax.runtime.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads `.swax` files: UTF-8 text of at most {@value #LARGEST_BYTES} bytes, nothing else. */
public final class SourceReader {
  private static final int LARGEST_BYTES = 1 << 20;

  private SourceReader() {}

  /** What came of reading a file. */
  public sealed interface Result {}

  /** The text. */
  public record Read(SourceFile file) implements Result {}

  /** Why there is none, and what to do; {@code help} is null where nothing can be typed. */
  public record Refused(String message, @Nullable String help) implements Result {}

  /** Reads {@code path}; messages call it {@code name}. */
  public static Result read(Path path, String name) {
    Optional<String> fault = FileNames.fault(name);
    if (fault.isPresent()) {
      return new Refused(fault.get(), "rename it");
    }
    if (Files.isDirectory(path)) {
      return new Refused("`%s` is a folder, not a file".formatted(name), null);
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      return new Refused("`%s` is not a regular file".formatted(name), null);
    }
    try (InputStream stream = Files.newInputStream(path)) {
      byte[] bytes = stream.readNBytes(LARGEST_BYTES + 1);
      if (bytes.length > LARGEST_BYTES) {
        return new Refused(
            "`%s` has more than 1 MiB, which is too much for a swax file".formatted(name),
            "check that it is the file you meant");
      }
      return decode(bytes, name);
    } catch (NoSuchFileException missing) {
      return new Refused("there is no file `%s`".formatted(name), null);
    } catch (IOException unreadable) {
      return new Refused(
          "`%s` cannot be read".formatted(name), "check who may read it: ls -l %s".formatted(name));
    }
  }

  /** The text that {@code bytes} are, if they are UTF-8 without a byte order mark. */
  public static Result decode(byte[] bytes, String name) {
    String help = "save it as UTF-8 without a byte order mark";
    if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
      return new Refused("`%s` is UTF-16, not UTF-8 text".formatted(name), help);
    }
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      return new Refused("`%s` begins with a byte order mark".formatted(name), help);
    }
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == 0) {
        return new Refused(
            "`%s` is not text: byte %d is zero".formatted(name, at + 1),
            "check that it is the file you meant");
      }
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer text = CharBuffer.allocate(bytes.length);
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CoderResult result = decoder.decode(input, text, true);
    if (result.isError()) {
      return new Refused(
          "`%s` is not UTF-8 text: byte %d, on line %d, is 0x%02x"
              .formatted(
                  name,
                  input.position() + 1,
                  lineOf(bytes, input.position()),
                  bytes[input.position()]),
          "save it as UTF-8");
    }
    return new Read(new SourceFile(name, text.flip().toString()));
  }

  private static int lineOf(byte[] bytes, int position) {
    int line = 1;
    for (int at = 0; at < position; at++) {
      if (bytes[at] == '\n') {
        line++;
      }
    }
    return line;
  }

  private static boolean startsWith(byte[] bytes, int... wanted) {
    if (bytes.length < wanted.length) {
      return false;
    }
    for (int at = 0; at < wanted.length; at++) {
      if ((bytes[at] & 0xFF) != wanted[at]) {
        return false;
      }
    }
    return true;
  }
}
