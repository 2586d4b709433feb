package dev.swax.runtime.data;

import dev.swax.runtime.Hashes;
import dev.swax.runtime.UserError;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Divides text into that of training and that of validation. */
final class HoldOut {
  static final int NAMED = 3;

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
    require(training.size(), validation.size(), share);
    return new Parts(training, validation, List.of());
  }

  /** Refuses a share that leaves one of both without a document. */
  static void require(long training, long validation, double share) {
    if (validation == 0) {
      throw empty("validation", training, share, "raise the share that is held out");
    }
    if (training == 0) {
      throw empty("training", validation, share, "lower the share that is held out");
    }
  }

  private static UserError empty(String purpose, long count, double share, String help) {
    return new UserError(
        "no file is left for %s: %s %% of %d %s held out"
            .formatted(
                purpose,
                Math.round(share * 1000) / 10.0,
                count,
                count == 1 ? "file is" : "files are"),
        help + ", or name validation files of their own: `validation = [\"other.txt\"]`");
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
    List<String> names = excluded.stream().map(TextFile::name).toList();
    return new Parts(training, validation, excluded(names, names.size(), training.size()));
  }

  /**
   * What is told of documents that are not trained on because they are validation text too.
   *
   * @param names the first of them, at least {@link #NAMED}
   * @param count how many there are
   * @param training documents that are left
   */
  static List<Notice> excluded(List<String> names, long count, long training) {
    List<String> first = names.stream().limit(NAMED).map(name -> "`" + name + "`").toList();
    long more = count - first.size();
    String text = String.join(", ", first) + (more == 0 ? "" : " and %d more".formatted(more));
    if (training == 0) {
      throw new UserError(
          "no file is left for training: the text of %s is validation text too".formatted(text),
          "name other files in `validation`, or leave it out: then a share of `files` is held out");
    }
    return count == 0
        ? List.of()
        : List.of(new Notice("not trained on, because it is validation text too: " + text, true));
  }

  private static Parts end(TextFile file, double share) {
    int border = border(file.bytes(), (int) wanted(file.length(), share));
    Notice notice =
        end(file.name(), border, file.length(), border > 0 && file.bytes()[border - 1] == '\n');
    return new Parts(
        List.of(file.part(0, border)), List.of(file.part(border, file.length())), List.of(notice));
  }

  /** What is told where the end of the only file is held out, which begins at {@code border}. */
  static Notice end(String name, long border, long length, boolean lines) {
    if (border <= 0) {
      throw new UserError(
          "`%s` is the only file, and too short to hold a part of it out".formatted(name),
          "add text");
    }
    String notice =
        String.format(
            Locale.ROOT,
            "`%s` is the only file: its last %,d of %,d bytes, %s, are held out for validation",
            name,
            length - border,
            length,
            lines ? "whole lines" : "from within a line");
    return new Notice(notice, false);
  }

  /** Where validation text should begin. */
  static long wanted(long length, double share) {
    return length - Math.max(1, Math.round(length * share));
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
