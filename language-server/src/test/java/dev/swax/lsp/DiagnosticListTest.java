package dev.swax.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.junit.jupiter.api.Test;

class DiagnosticListTest extends EditorTest {
  private static String message(Diagnostic diagnostic) {
    return diagnostic.getMessage().getLeft();
  }

  private static String code(Diagnostic diagnostic) {
    return diagnostic.getCode().getLeft();
  }

  @Test
  void aRightFileHasNone() {
    assertThat(editor().open(FILE, TEXT)).isEmpty();
  }

  @Test
  void theCodeAndTheHelpAreThoseOfCheck() {
    List<Diagnostic> found = editor().open(FILE, TEXT.replace("= hybrid\n", "= hybird\n"));

    assertThat(found).hasSize(1);
    Diagnostic fault = found.getFirst();
    assertThat(code(fault)).isEqualTo("SWX2001");
    assertThat(fault.getSeverity()).isEqualTo(DiagnosticSeverity.Error);
    assertThat(message(fault))
        .isEqualTo("nothing here is called `hybird`\nhelp: did you mean `hybrid`?");
    assertThat(fault.getRange().getStart()).isEqualTo(editor().at(FILE, "hybird"));
  }

  @Test
  void aWarningIsOne() {
    List<Diagnostic> found =
        editor().open(FILE, TEXT.replace("let half", "let unused = 3\nlet half"));

    assertThat(found)
        .extracting(Diagnostic::getSeverity)
        .containsExactly(DiagnosticSeverity.Warning);
  }

  @Test
  void anEditIsAppliedWhereItIs() {
    editor().open(FILE, TEXT);
    Position start = editor().at(FILE, "8 * seq");
    Position end = new Position(start.getLine(), start.getCharacter() + 1);

    List<Diagnostic> broken =
        editor()
            .change(
                FILE,
                new TextDocumentContentChangeEvent(new Range(start, end), "8.5"),
                TEXT.replace("8 * seq", "8.5 * seq"));
    List<Diagnostic> mended = editor().change(FILE, TEXT);

    assertThat(broken).hasSize(1);
    assertThat(message(broken.getFirst())).contains("batch");
    assertThat(mended).isEmpty();
  }

  @Test
  void anImportOfAnOpenTextGoesBeforeTheDisk() {
    editor().write("parts.swax", "let size = 64\n");
    assertThat(editor().open("use.swax", "import \"parts\"\nlet twice = 2 * size\n")).isEmpty();

    var after = editor().next("use.swax");
    editor().open("parts.swax", "let extent = 64\n");

    assertThat(Editor.get(after)).extracting(DiagnosticListTest::code).containsExactly("SWX2001");

    var closed = editor().next("use.swax");
    editor().close("parts.swax");
    assertThat(Editor.get(closed)).isEmpty();
  }

  @Test
  void aFaultOfAnImportIsShownAtTheImport() {
    editor().write("parts.swax", "let size = \n");
    List<Diagnostic> found = editor().open("use.swax", "import \"parts\"\nlet twice = 2 * size\n");

    assertThat(found).hasSize(1);
    assertThat(message(found.getFirst())).startsWith("parts.swax:1: ");
    assertThat(found.getFirst().getRange().getStart()).isEqualTo(new Position(0, 7));
    assertThat(found.getFirst().getRelatedInformation().getFirst().getLocation().getUri())
        .isEqualTo(editor().uri("parts.swax"));
  }

  @Test
  void anImportThatIsNotThere() {
    assertThat(editor().open("use.swax", "import \"gone\"\n"))
        .extracting(DiagnosticListTest::code)
        .containsExactly("SWX2006");
  }
}
