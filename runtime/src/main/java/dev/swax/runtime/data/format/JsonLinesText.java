package dev.swax.runtime.data.format;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** A file with a JSON object on each line; one field of it is the text of a document. */
final class JsonLinesText implements TextFormat {
  /** Bytes of a line: several times the longest book. */
  static final int LONGEST = 1 << 26;

  private final int longest;

  JsonLinesText() {
    this(LONGEST);
  }

  JsonLinesText(int longest) {
    this.longest = longest;
  }

  @Override
  public String name() {
    return "jsonl";
  }

  @Override
  public List<String> endings() {
    return List.of(".jsonl", ".ndjson");
  }

  @Override
  public Skipped read(SourceFile file, FormatOptions options, Consumer<TextRecord> sink)
      throws IOException {
    var faults = new Faults(options);
    try (SourceStream in = file.open()) {
      var lines = new LineReader(in, longest);
      var text = new JsonText(options.field());
      while (lines.advance()) {
        try {
          byte[] found = text.of(require(lines));
          if (found.length > 0) {
            sink.accept(new TextRecord(lines.number(), found, in.taken()));
          }
        } catch (Fault fault) {
          String place = "`%s:%d`".formatted(file.name(), lines.number());
          faults.report(fault.kind(), place, place + " " + fault.getMessage(), fault.help());
        }
      }
    }
    return faults.skipped();
  }

  private LineReader require(LineReader lines) throws Fault {
    if (lines.tooLong()) {
      throw new Fault(
          "lines that are too long",
          String.format(Locale.ROOT, "has more than %,d bytes in a line", longest),
          JsonText.ONE_OBJECT);
    }
    return lines;
  }
}
