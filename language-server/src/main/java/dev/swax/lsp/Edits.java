package dev.swax.lsp;

import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import java.util.List;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;

/** Applies what an editor says it has changed, one change after the other. */
final class Edits {
  private Edits() {}

  static String apply(String text, List<TextDocumentContentChangeEvent> changes) {
    String changed = text;
    for (TextDocumentContentChangeEvent change : changes) {
      if (change.getRange() == null) {
        changed = change.getText();
      } else {
        Span span = Positions.span(new SourceFile("", changed), change.getRange());
        changed =
            changed.substring(0, span.start()) + change.getText() + changed.substring(span.end());
      }
    }
    return changed;
  }
}
