package dev.swax.runtime.data;

import dev.swax.runtime.data.format.FormatOptions;
import dev.swax.runtime.data.format.SourceFile;
import dev.swax.runtime.data.format.TextFormats;
import dev.swax.runtime.data.format.TextRecord;
import dev.swax.runtime.token.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads the beginnings of some files of many, to find what is wrong with all of them. */
final class TextGlance {
  /** Files that are opened. */
  private static final int FILES = 50;

  /** Bytes of text that are read of all files together, and of one of several. */
  private static final long MOST = 16 << 20;

  private static final long OF_ONE = 1 << 20;

  /** Bytes of one text that tokens are made of. */
  private static final int OF_TEXT = 1 << 17;

  private final FormatOptions options;
  private final Tokenizer tokenizer;
  private long read;

  TextGlance(FormatOptions options, Tokenizer tokenizer) {
    this.options = options;
    this.tokenizer = tokenizer;
  }

  /** What was looked at, in words; refuses what is wrong there. */
  String look(List<SourceFile> files) {
    int step = (files.size() + FILES - 1) / FILES;
    int opened = 0;
    for (int i = 0; i < files.size() && read < MOST; i += step) {
      look(files.get(i), files.size() == 1 ? MOST : OF_ONE);
      opened++;
    }
    long bytes = files.stream().mapToLong(SourceFile::bytes).sum();
    return String.format(
        Locale.ROOT,
        "looked at the beginning of %,d of %,d files with %,.1f MB; `swax data FILE` reads all of it",
        opened,
        files.size(),
        bytes / 1e6);
  }

  private void look(SourceFile file, long most) {
    long[] left = {most};
    try {
      TextFormats.read(
          file,
          options,
          record -> {
            look(file, record);
            left[0] -= record.text().length;
            if (left[0] <= 0) {
              throw new Enough();
            }
          });
    } catch (Enough _) {
      return; // the rest is not looked at
    }
  }

  private void look(SourceFile file, TextRecord record) {
    byte[] text = record.text();
    read += text.length;
    int length = Math.min(text.length, OF_TEXT);
    while (length < text.length && (text[length] & 0xC0) == 0x80) {
      length--;
    }
    new TextFile(record.name(file), length == text.length ? text : Arrays.copyOf(text, length))
        .document(tokenizer);
  }

  /** Ends the reading of a file. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Enough() {
      super(null, null, false, false);
    }
  }
}
