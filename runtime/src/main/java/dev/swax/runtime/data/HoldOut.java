package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Divides text into that of training and that of validation. */
final class HoldOut {
  private static final int NAMED = 3;

  private HoldOut() {}

  /**
   * The files of both.
   *
   * @param notices what should be known about them
   */
  record Parts(List<TextFile> training, List<TextFile> validation, List<Notice> notices) {
    Parts {
      training = List.copyOf(training);
      validation = List.copyOf(validation);
      notices = List.copyOf(notices);
    }
  }

  /** By the hashes of names; the end of the text where it is a single file. */
  static Parts share(List<TextFile> all, double share) {
    List<TextFile> training = new ArrayList<>();
    List<TextFile> validation = new ArrayList<>();
    for (TextFile file : all) {
      (Hashes.share(file.name()) < share ? validation : training).add(file);
    }
    if (all.size() == 1 && share > 0 && share < 1) {
      return end(all.getFirst(), share);
    }
    require(validation, "validation", all, share, "raise the share that is held out");
    require(training, "training", all, share, "lower the share that is held out");
    return new Parts(training, validation, List.of());
  }

  private static void require(
      List<TextFile> part, String purpose, List<TextFile> all, double share, String help) {
    if (part.isEmpty()) {
      int count = all.size();
      throw new UserError(
          "no file is left for %s: %s %% of %d %s held out"
              .formatted(
                  purpose,
                  Math.round(share * 1000) / 10.0,
                  count,
                  count == 1 ? "file is" : "files are"),
          help + ", or name validation files of their own: `validation = [\"other.txt\"]`");
    }
  }

  /** All but what has the same text as validation, under whatever name it was found. */
  static Parts named(List<TextFile> all, List<TextFile> validation) {
    Set<ByteBuffer> held = new HashSet<>();
    validation.forEach(file -> held.add(ByteBuffer.wrap(file.bytes())));
    List<TextFile> training = new ArrayList<>();
    List<TextFile> excluded = new ArrayList<>();
    for (TextFile file : all) {
      (held.contains(ByteBuffer.wrap(file.bytes())) ? excluded : training).add(file);
    }
    if (training.isEmpty()) {
      throw new UserError(
          "no file is left for training: the text of %s is validation text too"
              .formatted(names(excluded)),
          "name other files in `validation`, or leave it out: then a share of `files` is held out");
    }
    List<Notice> notices =
        excluded.isEmpty()
            ? List.of()
            : List.of(
                new Notice(
                    "not trained on, because it is validation text too: " + names(excluded), true));
    return new Parts(training, validation, notices);
  }

  private static String names(List<TextFile> files) {
    List<String> first = files.stream().limit(NAMED).map(file -> "`" + file.name() + "`").toList();
    int more = files.size() - first.size();
    return String.join(", ", first) + (more == 0 ? "" : " and %d more".formatted(more));
  }

  private static Parts end(TextFile file, double share) {
    int held = Math.max(1, (int) Math.round(file.length() * share));
    int border = border(file.bytes(), file.length() - held);
    if (border <= 0) {
      throw new UserError(
          "`%s` is the only file, and too short to hold a part of it out".formatted(file.name()),
          "add text");
    }
    boolean lines = file.bytes()[border - 1] == '\n';
    String notice =
        String.format(
            Locale.ROOT,
            "`%s` is the only file: its last %,d of %,d bytes, %s, are held out for validation",
            file.name(),
            file.length() - border,
            file.length(),
            lines ? "whole lines" : "from within a line");
    return new Parts(
        List.of(part(file, 0, border)),
        List.of(part(file, border, file.length())),
        List.of(new Notice(notice, false)));
  }

  private static TextFile part(TextFile file, int from, int to) {
    return new TextFile(file.name(), Arrays.copyOfRange(file.bytes(), from, to));
  }

  /** The border of lines that is nearest to a place; that of a character where all are far. */
  private static int border(byte[] text, int wanted) {
    for (int distance = 0; distance <= text.length / 4; distance++) {
      if (startsLine(text, wanted - distance)) {
        return wanted - distance;
      }
      if (startsLine(text, wanted + distance)) {
        return wanted + distance;
      }
    }
    int at = wanted;
    while (at > 0 && (text[at] & 0xC0) == 0x80) {
      at--;
    }
    return at;
  }

  private static boolean startsLine(byte[] text, int at) {
    return at > 0 && at < text.length && text[at - 1] == '\n';
  }
}
