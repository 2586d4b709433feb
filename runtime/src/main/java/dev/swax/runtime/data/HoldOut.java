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

  /** By the hashes of names; the end of the text where it is a single file. */
  static Split share(Corpus all, double share) {
    List<Document> training = new ArrayList<>();
    List<Document> validation = new ArrayList<>();
    for (Document document : all.documents()) {
      (document.share() < share ? validation : training).add(document);
    }
    if (all.documents().size() == 1 && share > 0 && share < 1) {
      return end(all.documents().getFirst(), share);
    }
    require(validation, "validation", all, share, "raise the share that is held out");
    require(training, "training", all, share, "lower the share that is held out");
    return new Split(new Corpus(training), new Corpus(validation));
  }

  private static void require(
      List<Document> part, String purpose, Corpus all, double share, String help) {
    if (part.isEmpty()) {
      int count = all.documents().size();
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
  static Split named(Corpus all, Corpus validation) {
    Set<ByteBuffer> held = new HashSet<>();
    validation.documents().forEach(document -> held.add(ByteBuffer.wrap(document.text())));
    List<Document> training = new ArrayList<>();
    List<Document> excluded = new ArrayList<>();
    for (Document document : all.documents()) {
      (held.contains(ByteBuffer.wrap(document.text())) ? excluded : training).add(document);
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
    return new Split(new Corpus(training), validation, notices);
  }

  private static String names(List<Document> documents) {
    List<String> first =
        documents.stream().limit(NAMED).map(document -> "`" + document.name() + "`").toList();
    int more = documents.size() - first.size();
    return String.join(", ", first) + (more == 0 ? "" : " and %d more".formatted(more));
  }

  private static Split end(Document file, double share) {
    int held = Math.max(1, (int) Math.round(file.length() * share));
    int border = border(file.text(), file.length() - held);
    if (border <= 0) {
      throw new UserError(
          "`%s` is the only file, and too short to hold a part of it out".formatted(file.name()),
          "add text");
    }
    boolean lines = file.token(border - 1) == '\n';
    String notice =
        String.format(
            Locale.ROOT,
            "`%s` is the only file: its last %,d of %,d bytes, %s, are held out for validation",
            file.name(),
            file.length() - border,
            file.length(),
            lines ? "whole lines" : "from within a line");
    return new Split(
        new Corpus(List.of(part(file, 0, border))),
        new Corpus(List.of(part(file, border, file.length()))),
        List.of(new Notice(notice, false)));
  }

  private static Document part(Document file, int from, int to) {
    return new Document(file.name(), Arrays.copyOfRange(file.text(), from, to));
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
