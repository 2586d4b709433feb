package dev.swax.lsp;

import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/** Places of a text as editors have them: lines and UTF-16 units from 0. */
final class Positions {
  private Positions() {}

  static Position position(SourceFile file, int offset) {
    int line = file.line(offset);
    return new Position(line - 1, offset - file.startOf(line));
  }

  static Range range(Span span) {
    return new Range(position(span.file(), span.start()), position(span.file(), span.end()));
  }

  static Range whole(SourceFile file) {
    return range(new Span(file, 0, file.text().length()));
  }

  /** The nearest place that the text has. */
  static int offset(SourceFile file, Position position) {
    if (position.getLine() < 0) {
      return 0;
    }
    if (position.getLine() >= file.lines()) {
      return file.text().length();
    }
    int start = file.startOf(position.getLine() + 1);
    int next = file.text().indexOf('\n', start);
    int end = next < 0 ? file.text().length() : next;
    return Math.max(start, Math.min(end, start + position.getCharacter()));
  }

  static Span span(SourceFile file, Range range) {
    int start = offset(file, range.getStart());
    return new Span(file, start, Math.max(start, offset(file, range.getEnd())));
  }
}
