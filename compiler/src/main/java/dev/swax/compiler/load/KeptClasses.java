package dev.swax.compiler.load;

import dev.swax.runtime.Hashes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The file of a compiled program: the SHA-256 of what follows; the number of classes; of each its
 * name, its length and its bytes.
 */
final class KeptClasses {
  private static final int HASH = 32;

  private KeptClasses() {}

  static byte[] encode(SequencedMap<String, byte[]> classes) throws IOException {
    var content = new ByteArrayOutputStream();
    var out = new DataOutputStream(content);
    out.writeInt(classes.size());
    for (Map.Entry<String, byte[]> type : classes.entrySet()) {
      out.writeUTF(type.getKey());
      out.writeInt(type.getValue().length);
      out.write(type.getValue());
    }
    var file = new ByteArrayOutputStream();
    file.writeBytes(Hashes.sha256().digest(content.toByteArray()));
    content.writeTo(file);
    return file.toByteArray();
  }

  /** The classes; nothing where the file is not what {@link #encode} wrote, to the last bit. */
  static Optional<SequencedMap<String, byte[]>> decode(byte[] file) throws IOException {
    if (file.length < HASH) {
      return Optional.empty();
    }
    MessageDigest digest = Hashes.sha256();
    digest.update(file, HASH, file.length - HASH);
    if (!Arrays.equals(digest.digest(), Arrays.copyOf(file, HASH))) {
      return Optional.empty();
    }
    var in = new DataInputStream(new ByteArrayInputStream(file, HASH, file.length - HASH));
    SequencedMap<String, byte[]> classes = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      String name = in.readUTF();
      classes.put(name, in.readNBytes(in.readInt()));
    }
    return Optional.of(classes);
  }
}
