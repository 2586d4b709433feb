package dev.swax.runtime.data;

import dev.swax.runtime.Hashes;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.format.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A file as it was when its tokens were made. While size, time and key are those of then, it is
 * taken to be the same; otherwise its hash decides.
 *
 * @param modified milliseconds, of the archive where it is an entry
 * @param key what the file system calls it, of the archive where it is an entry
 * @param hash SHA-256 in hexadecimal of its bytes; empty while it is not known
 */
record SourceStamp(String name, long bytes, long modified, String key, String hash) {
  /** That of now, without a hash. */
  static SourceStamp of(SourceFile file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(place(file), BasicFileAttributes.class);
      return new SourceStamp(
          file.name(),
          file.bytes(),
          attributes.lastModifiedTime().toMillis(),
          String.valueOf(FileIdentity.of(place(file), attributes)),
          "");
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static Path place(SourceFile file) {
    return file instanceof ArchivedFile entry
        ? Path.of(entry.archive().getName())
        : file.path().orElseThrow();
  }

  static UserError unreadable(SourceFile file, IOException e) {
    return new UserError("cannot read `%s`: %s".formatted(file.written(), Reasons.of(e)), null);
  }

  /** The hash of a file's bytes. */
  static String hash(SourceFile file) {
    MessageDigest digest = Hashes.sha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = file.open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  SourceStamp withHash(String value) {
    return new SourceStamp(name, bytes, modified, key, value);
  }

  /** Whether a file looks as it did. */
  boolean looksLike(SourceStamp other) {
    return name.equals(other.name)
        && bytes == other.bytes
        && modified == other.modified
        && key.equals(other.key);
  }

  /** Whether it may have the same bytes, though it looks otherwise. */
  boolean mayBe(SourceStamp other) {
    return name.equals(other.name) && bytes == other.bytes;
  }

  /** Whether all look as they did. */
  static boolean lookAlike(List<SourceStamp> before, List<SourceStamp> now) {
    return before.size() == now.size()
        && IntStream.range(0, now.size()).allMatch(i -> before.get(i).looksLike(now.get(i)));
  }

  /** What is different, in words. */
  String difference(SourceStamp now) {
    return bytes != now.bytes
        ? String.format(Locale.ROOT, "had %,d bytes, has %,d", bytes, now.bytes)
        : modified != now.modified
            ? "was changed at %s, and again at %s".formatted(time(modified), time(now.modified))
            : "is another file of the same size and time";
  }

  private static String time(long milliseconds) {
    return Instant.ofEpochMilli(milliseconds).toString();
  }
}
