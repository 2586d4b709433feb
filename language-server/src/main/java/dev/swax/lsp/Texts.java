package dev.swax.lsp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.services.LanguageClient;

/** The texts that the editor has, and what is wrong with them, which it is told of each change. */
final class Texts {
  private final Desk desk;
  private final Studies studies;
  private final Map<String, String> open = new ConcurrentHashMap<>();
  private final AtomicInteger changes = new AtomicInteger();

  Texts(Desk desk, Studies studies) {
    this.desk = desk;
    this.studies = studies;
  }

  void open(String uri, String text) {
    set(uri, text);
  }

  /** A change of a text that was never opened is the editor's fault, and passed over. */
  void change(String uri, List<TextDocumentContentChangeEvent> edits) {
    String text = open.get(uri);
    if (text == null) {
      desk.tell("`%s` was changed but never opened".formatted(uri));
      return;
    }
    set(uri, Edits.apply(text, edits));
  }

  private void set(String uri, String text) {
    open.put(uri, text);
    desk.later(() -> studies.workspace().put(uri, text));
    publishAll();
  }

  void close(String uri) {
    open.remove(uri);
    desk.later(() -> {
      studies.workspace().close(uri);
      LanguageClient editor = desk.client();
      if (editor != null) {
        editor.publishDiagnostics(new PublishDiagnosticsParams(uri, List.of()));
      }
    });
    publishAll();
  }

  /** Every text that is open may import the one that has changed; only the last change counts. */
  void publishAll() {
    int change = changes.incrementAndGet();
    desk.later(() -> {
      if (change == changes.get()) {
        open.keySet().stream().sorted().forEach(this::publish);
      }
    });
  }

  private void publish(String uri) {
    LanguageClient editor = desk.client();
    if (editor != null) {
      studies
          .ofUri(uri)
          .map(study -> new DiagnosticList(studies.workspace(), study).all())
          .ifPresent(all -> editor.publishDiagnostics(new PublishDiagnosticsParams(uri, all)));
    }
  }
}
