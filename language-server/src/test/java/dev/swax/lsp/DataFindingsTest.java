package dev.swax.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.DataPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.lsp4j.Diagnostic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the files that texts name are looked at, and where the findings stay. */
class DataFindingsTest {
  private static final String FILE = "study.swax";
  private static final String TEXT = EditorTest.TEXT;

  @TempDir private Path folder;

  private final AtomicInteger looks = new AtomicInteger();
  private volatile String wrong = "";
  private Editor editor;

  @BeforeEach
  void start() {
    editor = new Editor(folder, this::look);
  }

  @AfterEach
  void end() {
    editor.close();
    assertThat(editor.faults()).isEmpty();
  }

  private List<dev.swax.compiler.diagnostic.Diagnostic> look(Analysis analysis) {
    String message = wrong;
    looks.incrementAndGet();
    DataPlan data = analysis.data().getFirst();
    return message.isEmpty()
        ? List.of()
        : List.of(
            new dev.swax.compiler.diagnostic.Diagnostic(
                Code.TEXT, data.span(), message, List.of(), "another file"));
  }

  /** Opens the text, and waits until its files were looked at. */
  private void open() throws InterruptedException {
    editor.open(FILE, TEXT);
    while (looks.get() == 0) {
      Thread.sleep(1);
    }
  }

  /** Opens the text in an editor whose look finds something, and waits for that. */
  private void openWithFault() throws InterruptedException {
    open();
    wrong = "no file matches";
    CompletableFuture<List<Diagnostic>> next = next(1);
    editor.save(FILE);
    assertThat(Editor.get(next))
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.getMessage().getLeft()).isEqualTo("no file matches\nhelp: another file");
          assertThat(fault.getRange().getStart()).isEqualTo(editor.at(FILE, "libraries {"));
        });
  }

  /** The next time that so many are told of. */
  private CompletableFuture<List<Diagnostic>> next(int count) {
    return editor
        .next(FILE)
        .thenCompose(found ->
            found.size() == count ? CompletableFuture.completedFuture(found) : next(count));
  }

  @Test
  void theyAreLookedAtWhenATextIsOpenedOrSavedAndNotAsItIsTyped() throws InterruptedException {
    openWithFault();
    assertThat(looks).hasValue(2);
    editor.change(FILE, "// a line\n" + TEXT);
    editor.change(FILE, TEXT);
    assertThat(looks).hasValue(2);
  }

  @Test
  void aFindingMovesWithItsDeclarationAndGoesWhenThatChanges() throws InterruptedException {
    openWithFault();
    List<Diagnostic> moved = editor.change(FILE, "// a line\n" + TEXT);
    assertThat(moved)
        .singleElement()
        .satisfies(fault ->
            assertThat(fault.getRange().getStart()).isEqualTo(editor.at(FILE, "libraries {")));
    assertThat(editor.change(FILE, TEXT.replace("*.java", "*.txt"))).isEmpty();
    assertThat(editor.change(FILE, TEXT)).hasSize(1);
    wrong = "";
    CompletableFuture<List<Diagnostic>> none = next(0);
    editor.save(FILE);
    assertThat(Editor.get(none)).isEmpty();
  }

  @Test
  void whereTheTextItselfIsWrongNothingElseIsLookedAt() throws InterruptedException {
    openWithFault();
    editor.change(FILE, TEXT.replace("= hybrid\n", "= hybird\n"));
    CompletableFuture<List<Diagnostic>> told = next(1);
    editor.save(FILE);
    assertThat(Editor.get(told).getFirst().getCode().getLeft()).isEqualTo("SWX2001");
    assertThat(looks).hasValue(2);
  }

  @Test
  void aTextThatIsClosedIsNotToldOf() throws InterruptedException {
    openWithFault();
    CompletableFuture<List<Diagnostic>> closed = next(0);
    editor.close(FILE);
    assertThat(Editor.get(closed)).isEmpty();
  }

  @Test
  void aTextWithoutAPlaceIsNotLookedAt() throws InterruptedException {
    editor.openUri("untitled:Untitled-1", TEXT);
    open();
    CompletableFuture<List<Diagnostic>> next = next(1);
    wrong = "no file matches";
    editor.save(FILE);
    Editor.get(next);
    assertThat(looks).hasValue(2);
  }
}
