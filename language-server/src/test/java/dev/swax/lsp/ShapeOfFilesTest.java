package dev.swax.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.FormattingOptions;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.junit.jupiter.api.Test;

/** Outline, folding, format, hints and colours. */
class ShapeOfFilesTest extends EditorTest {
  private List<DocumentSymbol> outline() {
    return Editor.get(
            editor().documents().documentSymbol(new DocumentSymbolParams(editor().document(FILE))))
        .stream()
        .map(Either::getRight)
        .toList();
  }

  @Test
  void theOutlineHasDeclarationsWithTheirLines() {
    editor().open(FILE, TEXT);

    assertThat(outline())
        .extracting(DocumentSymbol::getName)
        .containsExactly(
            "drawn", "half", "hybrid", "other", "libraries", "main", "decayed", "tiny", "compared");
    assertThat(outline().get(5).getChildren())
        .extracting(DocumentSymbol::getName)
        .containsExactly("model", "data", "seq", "batch", "budget", "lr");
    assertThat(outline().get(8).getChildren())
        .extracting(DocumentSymbol::getName)
        .containsExactly("{u}", "size", "bits");
  }

  @Test
  void afterAFaultTheOutlineHasTheRest() {
    editor().open(FILE, TEXT.replace("seq = 512 tok", "seq ="));

    assertThat(outline().get(5).getChildren())
        .extracting(DocumentSymbol::getName)
        .contains("model", "data", "budget");
  }

  @Test
  void bodiesAndCommentsFold() {
    editor().open(FILE, "// one\n// two\n\n" + TEXT);

    List<FoldingRange> ranges =
        Editor.get(
            editor()
                .documents()
                .foldingRange(new FoldingRangeRequestParams(editor().document(FILE))));
    assertThat(ranges).extracting(FoldingRange::getKind).containsOnlyOnce("comment");
    int train = editor().at(FILE, "train main").getLine();
    assertThat(ranges)
        .anyMatch(range -> range.getStartLine() == train && range.getEndLine() == train + 6);
  }

  private String formatted(String text) {
    editor().open(FILE, text);
    List<? extends TextEdit> edits =
        Editor.get(
            editor()
                .documents()
                .formatting(
                    new DocumentFormattingParams(
                        editor().document(FILE), new FormattingOptions(2, true))));
    return RenamingTest.applied(text, List.copyOf(edits));
  }

  @Test
  void formattingIsThatOfTheFormatter() {
    assertThat(formatted(TEXT)).isEqualTo(TEXT);
    assertThat(formatted(TEXT.replace("  seq = 512 tok\n", "      seq=512 tok\n\n\n")))
        .isEqualTo(TEXT.replace("  seq = 512 tok\n", "  seq = 512 tok\n\n"));
    assertThat(formatted("let a=1\n\n\n\nlet b   = 2")).isEqualTo("let a = 1\n\nlet b = 2\n");
    assertThat(formatted("\n\n")).isEmpty();
  }

  @Test
  void aFileWithAFaultStaysAsItIs() {
    String broken = TEXT.replace("seq = 512 tok", "seq=");

    assertThat(formatted(broken)).isEqualTo(broken);
  }

  private List<String> hints(String text) {
    editor().open(FILE, text);
    var all = new Range(new Position(0, 0), new Position(1000, 0));
    List<InlayHint> hints =
        Editor.get(
            editor().documents().inlayHint(new InlayHintParams(editor().document(FILE), all)));
    List<String> told = new ArrayList<>();
    hints.forEach(
        hint -> told.add((hint.getPosition().getLine() + 1) + ": " + hint.getLabel().getLeft()));
    return told;
  }

  @Test
  void hintsTellWhatValuesComeTo() {
    assertThat(hints(TEXT))
        .contains("8: = 64", "10: = 128", "12: 4 elements", "22: = 4096 tok", "24: , min: 0");
  }

  @Test
  void literalsNeedNoHints() {
    assertThat(hints("let a = 5\nlet b = -5\nlet c = [1, 2]\nlet d = a\n")).isEmpty();
  }

  @Test
  void coloursFollowMeaning() {
    editor().open(FILE, "let data = 4 tok\nlet b = data\n");

    List<Integer> tokens =
        Editor.get(
                editor()
                    .documents()
                    .semanticTokensFull(new SemanticTokensParams(editor().document(FILE))))
            .getData();
    List<String> types = Colours.LEGEND.getTokenTypes();
    List<String> told = new ArrayList<>();
    for (int at = 0; at < tokens.size(); at += 5) {
      told.add(types.get(tokens.get(at + 3)));
    }
    assertThat(told)
        .containsExactly(
            "keyword",
            "variable",
            "operator",
            "number",
            "keyword",
            "keyword",
            "variable",
            "operator",
            "variable");
  }
}
