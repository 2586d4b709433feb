package dev.swax.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.junit.jupiter.api.Test;

class RenamingTest extends EditorTest {
  private WorkspaceEdit rename(String file, String word, String newName) {
    return Editor.get(
        editor()
            .documents()
            .rename(
                new RenameParams(editor().document(file), editor().at(file, word, 1, 1), newName)));
  }

  private String renamed(String word, String newName) {
    return applied(TEXT, edits(rename(FILE, word, newName), editor().uri(FILE)));
  }

  static List<TextEdit> edits(WorkspaceEdit edit, String uri) {
    return Objects.requireNonNull(edit.getChanges().get(uri));
  }

  static String applied(String text, List<TextEdit> edits) {
    String changed = text;
    List<TextEdit> backwards =
        edits.stream()
            .sorted(
                Comparator.comparing((TextEdit edit) -> edit.getRange().getStart().getLine())
                    .thenComparing(edit -> edit.getRange().getStart().getCharacter())
                    .reversed())
            .toList();
    for (TextEdit edit : backwards) {
      var event = new TextDocumentContentChangeEvent(edit.getRange(), edit.getNewText());
      changed = Edits.apply(changed, List.of(event));
    }
    return changed;
  }

  @Test
  void everyUseChangesWithIt() {
    editor().open(FILE, TEXT);

    assertThat(renamed("hybrid", "mixed")).isEqualTo(TEXT.replace("hybrid", "mixed"));
    assertThat(renamed("S: [key", "state_of")).isEqualTo(TEXT.replaceAll("\\bS\\b", "state_of"));
    assertThat(renamed("u}", "keys"))
        .isEqualTo(
            TEXT.replace(
                "column \"{u}\" for u in [4, 64] = hybrid(window: u)",
                "column \"{keys}\" for keys in [4, 64] = hybrid(window: keys)"));
    assertThat(renamed("size =", "numbers"))
        .isEqualTo(
            TEXT.replace("row size", "row numbers").replace("= size * 32", "= numbers * 32"));
  }

  @Test
  void acrossFiles() {
    editor().write("use.swax", "import \"sizes\"\nlet twice = 2 * size\n");
    editor().open("sizes.swax", "let size = 64\n");

    assertThat(rename("sizes.swax", "size", "extent").getChanges())
        .containsOnlyKeys(editor().uri("sizes.swax"), editor().uri("use.swax"));
  }

  @Test
  void aKeyOfTheLanguageKeepsItsName() {
    editor().open(FILE, TEXT);

    assertThatThrownBy(() -> rename(FILE, "seq", "length")).hasMessageContaining("keeps its name");
    assertThatThrownBy(() -> rename(FILE, "swax with", "other")).hasMessageContaining("library");
    assertThatThrownBy(() ->
            Editor.get(
                editor()
                    .documents()
                    .prepareRename(
                        new PrepareRenameParams(
                            editor().document(FILE), editor().at(FILE, "budget")))))
        .hasMessageContaining("keeps its name");
  }

  @Test
  void whatIsNoNameIsRefused() {
    editor().open(FILE, TEXT);

    for (String wrong : List.of("", "a b", "2x", "let", "größe", "a'", " a")) {
      assertThatThrownBy(() -> rename(FILE, "half", wrong)).hasMessageContaining("is not a name");
    }
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    editor().open(FILE, TEXT);

    assertThatThrownBy(() -> rename(FILE, "half", "drawn")).hasMessageContaining("would be wrong");
  }
}
