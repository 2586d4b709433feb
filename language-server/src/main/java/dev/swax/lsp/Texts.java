package dev.swax.lsp;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.services.LanguageClient;

/** The texts that the editor has, and what is wrong with them, which it is told of each change. */
final class Texts {
  private final Desk desk;
  private final Studies studies;
  private final Map<String, String> open = new TreeMap<>();
  private final AtomicInteger changes = new AtomicInteger();

  Texts(Desk desk, Studies studies) {
    this.desk = desk;
    this.studies = studies;
  }

  void open(String uri, String text) {
    desk.later(() -> set(uri, text));
    publishAll();
  }

  /** A change of a text that was never opened is the editor's fault, and passed over. */
  void change(String uri, List<TextDocumentContentChangeEvent> edits) {
    desk.later(() -> {
      String text = open.get(uri);
      if (text == null) {
        desk.tell("`%s` was changed but never opened".formatted(uri));
      } else {
        set(uri, Edits.apply(text, edits));
      }
    });
    publishAll();
  }

  private void set(String uri, String text) {
    open.put(uri, text);
    studies.workspace().put(uri, text);
  }

  void close(String uri) {
    desk.later(() -> {
      open.remove(uri);
      studies.workspace().close(uri);
      publish(uri, List.of());
    });
    publishAll();
  }

  /** Every text that is open may import the one that has changed; only the last change counts. */
  void publishAll() {
    int change = changes.incrementAndGet();
    desk.later(() -> {
      if (change == changes.get()) {
        open.keySet().forEach(this::publish);
      }
    });
  }

  private void publish(String uri) {
    studies
        .ofUri(uri)
        .map(study -> new DiagnosticList(studies.workspace(), study).all())
        .ifPresent(all -> publish(uri, all));
  }

  private void publish(String uri, List<Diagnostic> diagnostics) {
    LanguageClient editor = desk.client();
    if (editor != null) {
      editor.publishDiagnostics(new PublishDiagnosticsParams(uri, diagnostics));
    }
  }
}
