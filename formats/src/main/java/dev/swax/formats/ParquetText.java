package dev.swax.formats;

import dev.swax.runtime.Utf8;
import dev.swax.runtime.data.format.Faults;
import dev.swax.runtime.data.format.FormatOptions;
import dev.swax.runtime.data.format.Skipped;
import dev.swax.runtime.data.format.SourceFile;
import dev.swax.runtime.data.format.TextFormat;
import dev.swax.runtime.data.format.TextRecord;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A table of Parquet; one column of it holds the texts of documents. */
public final class ParquetText implements TextFormat {
  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public List<String> endings() {
    return List.of(".parquet");
  }

  @Override
  public Skipped read(SourceFile file, FormatOptions options, Consumer<TextRecord> sink)
      throws IOException {
    var faults = new Faults(options);
    try (var column = new ParquetColumn(file, options.field())) {
      long row = 0;
      while (column.advance()) {
        for (int i = 0; i < column.count(); i++) {
          row++;
          byte[] text = column.text(i);
          String fault = fault(text);
          if (text != null && fault == null) {
            sink.accept(new TextRecord(row, text, column.taken(row)));
          } else {
            String place = "`%s:%d`".formatted(file.name(), row);
            String kind = "`%s` %s".formatted(options.field(), fault);
            faults.report(kind, place, "%s: its %s".formatted(place, kind), null);
          }
        }
      }
    }
    return faults.skipped();
  }

  private static @Nullable String fault(byte @Nullable [] text) {
    return text == null
        ? "is null"
        : Utf8.firstMalformed(text) >= 0
            ? "is not UTF-8"
            : Utf8.firstZero(text) >= 0 ? "has a character zero" : null;
  }
}
