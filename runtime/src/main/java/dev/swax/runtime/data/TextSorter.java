package dev.swax.runtime.data;

import dev.swax.runtime.Hashes;
import dev.swax.runtime.data.format.FormatOptions;
import dev.swax.runtime.data.format.SourceFile;
import dev.swax.runtime.data.format.TextFormats;
import dev.swax.runtime.data.format.TextRecord;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides of each text, while it is read, whether it is trained on or validates: as {@link HoldOut}
 * does for texts in memory. Of validation text that is named it keeps 16 bytes a document.
 */
final class TextSorter {
  /** A document that no array can hold is cut behind so many bytes; its parts are shorter. */
  private static final int LONGEST = Integer.MAX_VALUE - (1 << 25);

  private record TextHash(long high, long low) {}

  private final double heldOut;
  private final int validationFiles;
  private final FormatOptions options;
  private final long border;
  private final Set<TextHash> held;

  private final MessageDigest digest = Hashes.sha256();
  private Piece.Part whole = Piece.Part.TRAINING;
  private long documentBytes;
  private long fileBytes;
  private long cuts;
  private boolean begins = true;

  /**
   * Of files of which the first {@code validationFiles} are validation text.
   *
   * @param border in the only file, where validation text begins; -1 where names decide
   */
  TextSorter(double heldOut, int validationFiles, FormatOptions options, long border) {
    this(heldOut, validationFiles, options, border, ConcurrentHashMap.newKeySet());
  }

  private TextSorter(
      double heldOut, int validationFiles, FormatOptions options, long border, Set<TextHash> held) {
    this.heldOut = heldOut;
    this.validationFiles = validationFiles;
    this.options = options;
    this.border = border;
    this.held = held;
  }

  /** One for a single file. All of them know the same validation text. */
  TextSorter forFile() {
    return new TextSorter(heldOut, validationFiles, options, border, held);
  }

  /** How many files, the first, are validation text by name. */
  int validationFiles() {
    return validationFiles;
  }

  /** A record that is in the cache already. */
  void pass(int source, SourceFile file, TextRecord record) {
    pieces(source, 0, file, record);
  }

  /** What a record becomes: one piece, or two where validation text begins in it. */
  List<Piece> pieces(int source, long ordinal, SourceFile file, TextRecord record) {
    byte[] text = record.text();
    if (begins) {
      whole = part(source, file, record);
    }
    long at = fileBytes;
    fileBytes += text.length;
    documentBytes += text.length;
    boolean first = documentBytes == text.length;
    begins = record.end();
    var of = new Piece.Of(source, ordinal, record.name(file), record.number() - cuts);
    if (border > at && border < fileBytes) {
      int cut = (int) (border - at);
      documentBytes = fileBytes - border;
      return List.of(
          new Piece(of, Arrays.copyOf(text, cut), Piece.Part.TRAINING, first, true),
          new Piece(
              of,
              Arrays.copyOfRange(text, cut, text.length),
              Piece.Part.VALIDATION,
              true,
              record.end()));
    }
    boolean ends = record.end() || fileBytes == border || documentBytes > LONGEST;
    if (ends) {
      documentBytes = 0;
      cuts += fileBytes == border || record.end() ? 0 : 1;
    }
    Piece.Part part =
        border < 0 ? whole : at >= border ? Piece.Part.VALIDATION : Piece.Part.TRAINING;
    return List.of(new Piece(of, text, part, first, ends));
  }

  private Piece.Part part(int source, SourceFile file, TextRecord record) {
    if (validationFiles == 0) {
      return Hashes.share(record.name(file)) < heldOut
          ? Piece.Part.VALIDATION
          : Piece.Part.TRAINING;
    }
    TextHash hash = hash(file, record);
    if (source < validationFiles) {
      held.add(hash);
      return Piece.Part.VALIDATION;
    }
    return held.contains(hash) ? Piece.Part.NONE : Piece.Part.TRAINING;
  }

  /** Of all of the document; where it comes in parts, the file is read once more. */
  private TextHash hash(SourceFile file, TextRecord record) {
    digest.reset();
    if (record.end()) {
      digest.update(record.text());
    } else {
      TextFormats.read(file, options, part -> digest.update(part.text()));
    }
    ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
    return new TextHash(bytes.getLong(), bytes.getLong());
  }
}
