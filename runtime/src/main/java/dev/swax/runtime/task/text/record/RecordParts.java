package dev.swax.runtime.task.text.record;

import dev.swax.runtime.Hashes;
import dev.swax.runtime.UserError;
import dev.swax.runtime.task.Purpose;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * Records divided among the purposes: of the n different ones, in the order of the SHA-256 of their
 * {@link Meaning}, the first tenth (n / 10, at least one) is for tests, the second for validation,
 * the rest for training. Records that mean the same have the same purpose. Neither seed nor the
 * order of the file matters.
 */
final class RecordParts {
  private static final int SHARE = 10;

  private RecordParts() {}

  /** Those of a purpose, in the order of the file. */
  static List<JsonLine> part(JsonLines file, Purpose purpose) {
    List<String> ranks =
        new ArrayList<>(new TreeSet<>(file.lines().stream().map(RecordParts::hash).toList()));
    int count = ranks.size();
    if (count < Purpose.values().length) {
      throw new UserError(
          "`%s` has %d different %s, but training, validation and test need one each"
              .formatted(file.name(), count, count == 1 ? "record" : "records"),
          null);
    }
    int tenth = Math.max(1, count / SHARE);
    return file.lines().stream()
        .filter(line -> purpose(Collections.binarySearch(ranks, hash(line)), tenth) == purpose)
        .toList();
  }

  private static Purpose purpose(int rank, int tenth) {
    if (rank < tenth) {
      return Purpose.TEST;
    }
    return rank < 2 * tenth ? Purpose.VALIDATION : Purpose.TRAINING;
  }

  private static String hash(JsonLine line) {
    byte[] content = Meaning.of(line.node()).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Hashes.sha256().digest(content));
  }
}
