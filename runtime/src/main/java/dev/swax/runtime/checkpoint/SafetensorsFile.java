package dev.swax.runtime.checkpoint;

import dev.swax.runtime.RegularFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** A safetensors file of any program, mapped into memory. */
public final class SafetensorsFile {
  private final SequencedMap<String, TensorEntry> entries;
  private final MemorySegment data;

  private SafetensorsFile(SequencedMap<String, TensorEntry> entries, MemorySegment data) {
    this.entries = Collections.unmodifiableSequencedMap(entries);
    this.data = data;
  }

  /** Maps it until the arena closes. */
  public static SafetensorsFile map(Path path, Arena arena)
      throws IOException, DamagedFileException {
    RegularFile.require(path);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return map(channel, arena);
    }
  }

  /** The same of a file that is open. */
  static SafetensorsFile map(FileChannel channel, Arena arena)
      throws IOException, DamagedFileException {
    byte[] header = Safetensors.header(channel);
    long start = (long) SafetensorsHeader.PREFIX + header.length;
    SequencedMap<String, TensorEntry> entries = new LinkedHashMap<>();
    for (TensorEntry entry : SafetensorsHeader.read(header, channel.size() - start)) {
      entries.put(entry.name(), entry);
    }
    MemorySegment data =
        channel.map(FileChannel.MapMode.READ_ONLY, start, channel.size() - start, arena);
    return new SafetensorsFile(entries, data);
  }

  /** By name, in the order of their data. */
  public SequencedMap<String, TensorEntry> entries() {
    return entries;
  }

  /** The bytes of one of the entries. */
  public MemorySegment data(TensorEntry entry) {
    return data.asSlice(entry.begin(), entry.end() - entry.begin());
  }
}
