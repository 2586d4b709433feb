package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Reads entries of a zip file, and believes nothing that its directory says of them. */
final class Archive {
  private static final String HELP =
      "make the archive again, or leave the entry out with a narrower pattern";

  private Archive() {}

  /** The files in it whose names match; {@code name} is that of the archive in messages. */
  static List<ZipEntry> entries(ZipFile archive, String name, Glob glob) {
    List<? extends ZipEntry> found =
        archive.stream()
            .filter(entry -> !entry.isDirectory() && glob.matches(entry.getName()))
            .toList();
    Set<String> names = new HashSet<>();
    for (ZipEntry entry : found) {
      if (!names.add(entry.getName())) {
        throw new UserError("`%s` has two entries `%s`".formatted(name, entry.getName()), HELP);
      }
    }
    return List.copyOf(found);
  }

  /** Its bytes: as many as the directory says, and with that checksum. */
  static byte[] bytes(ZipFile archive, ZipEntry entry, String name) throws IOException {
    try (InputStream in = archive.getInputStream(entry)) {
      byte[] bytes = new byte[Math.toIntExact(entry.getSize())];
      int read = in.readNBytes(bytes, 0, bytes.length);
      if (read < bytes.length) {
        throw damaged(name, "it ends after %d of %d bytes".formatted(read, bytes.length));
      }
      if (in.read() >= 0) {
        throw damaged(
            name, "it holds more than the %d bytes that the archive says".formatted(bytes.length));
      }
      var checksum = new CRC32();
      checksum.update(bytes);
      if (checksum.getValue() != entry.getCrc()) {
        throw damaged(name, "its checksum does not fit");
      }
      return bytes;
    } catch (ZipException | EOFException e) {
      throw damaged(name, "it cannot be unpacked");
    }
  }

  private static UserError damaged(String name, String how) {
    return new UserError("`%s` is damaged: %s".formatted(name, how), HELP);
  }
}
