package dev.swax.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads whole files, and nothing but files: a pipe or a device would never end. No more of a file
 * is read than is allowed, whatever size it claims to have.
 */
public final class RegularFile {
  /** The most that a file of swax's own holds: {@code config.txt}, {@code manifest.json}. */
  public static final long SMALL = 1 << 24;

  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private RegularFile() {}

  /** Refuses what is no regular file; a link stands for what it leads to. */
  public static void require(Path path) throws IOException {
    Optional<String> other = findOther(path);
    if (other.isPresent()) {
      throw new FileSystemException(path.toString(), null, other.get());
    }
  }

  /** What it is that is no regular file. */
  public static Optional<String> findOther(Path path) throws IOException {
    var attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return attributes.isRegularFile()
        ? Optional.empty()
        : Optional.of(
            attributes.isDirectory() ? "it is a folder" : "it is a pipe or a device, not a file");
  }

  /** The same of what is to be written, which may not be there yet. */
  public static void requireIfThere(Path path) throws IOException {
    try {
      require(path);
    } catch (NoSuchFileException e) {
      return;
    }
  }

  /** Its bytes, at most {@code most}. */
  public static byte[] bytes(Path path, long most) throws IOException {
    require(path);
    int limit = (int) Math.min(most, LARGEST_ARRAY - 1);
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = Files.size(path) > limit ? new byte[0] : in.readNBytes(limit + 1);
      if (Files.size(path) > limit || bytes.length > limit) {
        throw new FileSystemException(
            path.toString(),
            null,
            String.format(Locale.ROOT, "it holds more than %,d bytes", limit));
      }
      return bytes;
    }
  }

  /** The same as text, which has to be UTF-8. */
  public static String text(Path path, long most) throws IOException {
    byte[] bytes = bytes(path, most);
    int bad = Utf8.firstMalformed(bytes);
    if (bad >= 0) {
      throw new FileSystemException(
          path.toString(),
          null,
          String.format(Locale.ROOT, "it is not UTF-8: byte %d is 0x%02x", bad, bytes[bad]));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The text of a file of swax's own. */
  public static String text(Path path) throws IOException {
    return text(path, SMALL);
  }

  /** The end of what stands behind {@code from}, at most {@code most} bytes, as text. */
  public static String end(Path path, long from, int most) throws IOException {
    require(path);
    try (InputStream in = Files.newInputStream(path)) {
      in.skipNBytes(Math.min(Files.size(path), Math.max(from, Files.size(path) - most)));
      return new String(in.readNBytes(most), StandardCharsets.UTF_8);
    }
  }

  /** How much of a file fits into this Java heap, beside what is made of it. */
  public static long fitting() {
    return Runtime.getRuntime().maxMemory() / 4;
  }
}
