package dev.swax.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.Position;
import org.junit.jupiter.api.Test;

class CompletionsTest extends EditorTest {
  private List<CompletionItem> items(String marked) {
    Position position = editor().openAt(FILE, marked);
    return Editor.get(
            editor()
                .documents()
                .completion(new CompletionParams(editor().document(FILE), position)))
        .getLeft();
  }

  /** What is offered at `|`. */
  private List<String> at(String marked) {
    return items(marked).stream().map(CompletionItem::getLabel).toList();
  }

  /** What is offered in place of a part of the text. */
  private List<String> replacing(String part, String marked) {
    return at(TEXT.replace(part, marked));
  }

  @Test
  void keysThatAreNotWrittenYet() {
    assertThat(replacing("  budget = 600 step\n", "  budget = 600 step\n  |\n"))
        .contains("optim", "seed", "let")
        .doesNotContain("seq", "lr");
  }

  @Test
  void aKeyBringsItsSignAndItsMeaning() {
    CompletionItem optim =
        items(TEXT.replace("  budget = 600 step\n", "  budget = 600 step\n  opt|\n")).stream()
            .filter(item -> item.getLabel().equals("optim"))
            .findFirst()
            .orElseThrow();

    assertThat(optim.getTextEdit().getLeft().getNewText()).isEqualTo("optim = ");
    assertThat(optim.getDetail()).isEqualTo("optim: an optimizer");
    assertThat(optim.getDocumentation().getRight().getValue()).contains("Default: `adamw`");
  }

  @Test
  void valuesThatFitStandFirst() {
    List<CompletionItem> offered = items(TEXT.replace("data = libraries", "data = |"));

    assertThat(offered)
        .filteredOn(item -> item.getSortText().startsWith("1"))
        .extracting(CompletionItem::getLabel)
        .containsExactly("libraries");
  }

  @Test
  void partsForAPattern() {
    assertThat(replacing("[memory, full]", "[memory, |]")).contains("full", "local", "gated_delta");
  }

  @Test
  void argumentsOfAPart() {
    assertThat(at(TEXT + "let a = attention(heads: 2, |)\n"))
        .contains("key_heads", "rope")
        .doesNotContain("  heads");
    assertThat(at(TEXT + "let a = adamw(de|)\n")).contains("decay", "betas", "clip");
  }

  @Test
  void theArgumentOfABuiltIn() {
    assertThat(at(TEXT + "let a = muon(scale: |)\n")).contains("like_adamw", "by_shape");
  }

  @Test
  void entriesOfAVariant() {
    assertThat(replacing("width = 2 * half,", "wi|"))
        .contains("width", "memory", "heads", "tied", "layers");
  }

  @Test
  void unitsBehindANumber() {
    assertThat(replacing("512 tok", "512 |")).contains("tok", "step");
    assertThat(replacing("512 tok", "512|")).contains("512Ki", "512M", "512%");
  }

  @Test
  void filesToImport() {
    editor().write("windows.swax", "let a = 1\n");
    editor().write("sub/more.swax", "let a = 1\n");

    assertThat(at("import \"|\"\n")).contains("std/cells", "std/models", "windows.swax", "sub/");
    assertThat(at("import \"sub/|\n")).contains("sub/more.swax");
  }

  @Test
  void settingsOfAProfile() {
    assertThat(replacing("  train.seq = 64 tok\n", "  |\n")).contains("train", "model", "hybrid");
    assertThat(replacing("  train.seq = 64 tok\n", "  train.|\n")).contains("seq", "lr", "budget");
    assertThat(replacing("  train.seq = 64 tok\n", "  main.lr.|\n")).contains("peak", "warmup");
    assertThat(replacing("  train.seq = 64 tok\n", "  hybrid.|\n")).contains("width", "memory");
  }

  @Test
  void typesOfParameters() {
    assertThat(at("model m(a: |) = m\n")).contains("Window", "Cell", "Number");
  }

  @Test
  void namesAndFunctionsOfABody() {
    assertThat(replacing("out = linear(q . S')", "out = linear(|)"))
        .contains("q", "k", "v", "S", "x", "heads", "softplus", "rotate")
        .doesNotContain("hybrid");
    assertThat(replacing("out = linear(q . S')", "out = rotate(q, |)")).contains("base", "share");
  }

  @Test
  void declarationsAtTheTop() {
    assertThat(at(TEXT + "\nmod|")).contains("model", "train", "grid", "let");
  }

  @Test
  void linesOfAGrid() {
    assertThat(replacing("  using main\n", "  using main\n  |\n"))
        .contains("row", "column", "seeds");
  }

  @Test
  void aFileWithFaultsStillCompletes() {
    String broken =
        TEXT.replace("let half = 128 / 2", "let half = 128 / / 2")
            .replace("  seq = 512 tok", "  seq 512 tok");

    assertThat(at(broken.replace("data = libraries", "data = |"))).contains("libraries");
    assertThat(at(broken.replace("budget = 600 step", "|"))).contains("budget", "optim");
    assertThat(at(broken.replace("files = [\"*.java\"]", "files = [\"*.java\"\n  |")))
        .contains("held_out", "format");
  }

  @Test
  void nothingInACommentOrAText() {
    assertThat(at("// mod|\n")).isEmpty();
    assertThat(at("data d { files = [\"a|\"] }\n")).isEmpty();
  }
}
