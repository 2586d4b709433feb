package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.format.SourceFile;
import dev.swax.runtime.data.format.SourceStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** An entry of an archive, which stays open. Nothing that its directory says is believed. */
record ArchivedFile(String name, ZipFile archive, ZipEntry entry) implements SourceFile {
  @Override
  public long bytes() {
    return entry.getSize();
  }

  @Override
  public SourceStream open() throws IOException {
    return SourceStream.of(new Checked(archive.getInputStream(entry), name, entry));
  }

  @Override
  public Optional<Path> path() {
    return Optional.empty();
  }

  /** As many bytes as the directory says, and with that checksum. */
  private static final class Checked extends FilterInputStream {
    private final String name;
    private final ZipEntry entry;
    private final CRC32 checksum = new CRC32();
    private long read;

    private Checked(InputStream in, String name, ZipEntry entry) {
      super(in);
      this.name = name;
      this.entry = entry;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int more;
      try {
        more = in.read(bytes, from, length);
      } catch (ZipException | EOFException e) {
        throw damaged("it cannot be unpacked");
      }
      if (more > 0) {
        checksum.update(bytes, from, more);
        read += more;
      }
      if (read > entry.getSize()) {
        throw damaged(
            "it holds more than the %d bytes that the archive says".formatted(entry.getSize()));
      }
      if (more < 0 && read < entry.getSize()) {
        throw damaged("it ends after %d of %d bytes".formatted(read, entry.getSize()));
      }
      if (more < 0 && checksum.getValue() != entry.getCrc()) {
        throw damaged("its checksum does not fit");
      }
      return more;
    }

    @Override
    public long skip(long count) throws IOException {
      return readNBytes((int) Math.min(count, 1 << 16)).length;
    }

    private UserError damaged(String how) {
      return new UserError("`%s` is damaged: %s".formatted(name, how), Archive.HELP);
    }
  }
}
