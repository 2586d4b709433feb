package dev.swax.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.junit.jupiter.api.Test;

class QuickFixesTest extends EditorTest {
  /** The texts after each fix that is offered, by its title. */
  private Map<String, String> fixed(String text) {
    List<Diagnostic> found = editor().open(FILE, text);
    assertThat(found).isNotEmpty();
    return Editor.get(
            editor()
                .documents()
                .codeAction(
                    new CodeActionParams(
                        editor().document(FILE),
                        found.getFirst().getRange(),
                        new CodeActionContext(found))))
        .stream()
        .map(Either::getRight)
        .collect(
            Collectors.toMap(
                CodeAction::getTitle,
                action ->
                    RenamingTest.applied(
                        text, RenamingTest.edits(action.getEdit(), editor().uri(FILE)))));
  }

  @Test
  void aMisspeltName() {
    assertThat(fixed(TEXT.replace("= hybrid\n", "= hybird\n")))
        .containsOnly(Map.entry("Write `hybrid`", TEXT));
  }

  @Test
  void aMisspeltKey() {
    assertThat(fixed(TEXT.replace("budget =", "bugdet ="))).containsEntry("Write `budget`", TEXT);
  }

  @Test
  void whatAnotherLanguageWouldWrite() {
    assertThat(fixed("let a = 2 ** 3\n")).containsEntry("Write `^`", "let a = 2 ^ 3\n");
    assertThat(fixed("let a = 'x'\n")).containsEntry("Write `\"x\"`", "let a = \"x\"\n");
  }

  @Test
  void whatIsTooMuch() {
    assertThat(fixed("let a = 2;\n")).containsEntry("Leave it out", "let a = 2\n");
    assertThat(fixed("let a = 2)\n")).containsEntry("Leave it out", "let a = 2\n");
  }

  @Test
  void aBracketThatIsMissing() {
    assertThat(fixed("let a = [1, 2\nlet b = 3\n"))
        .containsEntry("Write `]`", "let a = [1, 2]\nlet b = 3\n");
  }

  @Test
  void helpThatIsNoEditIsNotOffered() {
    assertThat(fixed("import \"nowhere\"\n")).isEmpty();
  }
}
