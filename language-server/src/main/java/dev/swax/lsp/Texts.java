package dev.swax.lsp;

import java.util.ArrayList;
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
  private final DataFindings data;
  private final Map<String, String> open = new TreeMap<>();
  private final AtomicInteger changes = new AtomicInteger();

  Texts(Desk desk, Studies studies, DataLook look) {
    this.desk = desk;
    this.studies = studies;
    this.data = new DataFindings(desk, look);
  }

  void open(String uri, String text) {
    desk.later(() -> set(uri, text));
    publishAll();
    desk.later(() -> look(uri));
  }

  /** Files have changed, those of the editor or others. */
  void saved() {
    publishAll();
    desk.later(() -> open.keySet().forEach(this::look));
  }

  private void look(String uri) {
    studies.ofUri(uri).ifPresent(study -> data.look(uri, study, () -> publish(uri)));
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
      data.forget(uri);
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
        .ifPresent(study -> {
          List<dev.swax.compiler.diagnostic.Diagnostic> all = new ArrayList<>(study.diagnostics());
          all.addAll(data.of(uri, study));
          publish(uri, new DiagnosticList(studies.workspace(), study).of(all));
        });
  }

  private void publish(String uri, List<Diagnostic> diagnostics) {
    LanguageClient editor = desk.client();
    if (editor != null) {
      editor.publishDiagnostics(new PublishDiagnosticsParams(uri, diagnostics));
    }
  }
}
