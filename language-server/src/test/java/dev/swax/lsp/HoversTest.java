package dev.swax.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.junit.jupiter.api.Test;

class HoversTest extends EditorTest {
  /** What is shown of the n-th such word. */
  private String hover(String word, int n) {
    Hover hover =
        Editor.get(
            editor()
                .documents()
                .hover(new HoverParams(editor().document(FILE), editor().at(FILE, word, n, 1))));
    return hover.getContents().getRight().getValue();
  }

  @Test
  void aModelShowsItsFacts() {
    editor().open(FILE, TEXT);

    assertThat(hover("hybrid", 2))
        .contains(
            "model hybrid = swax with",
            "parameters        920,976",
            "FLOPs/token",
            "receptive field   unbounded",
            "state ",
            "at sequences of 512 tok");
  }

  @Test
  void aWindowShowsWhatItDraws() {
    editor().open(FILE, TEXT);

    assertThat(hover("drawn", 2))
        .contains("Short or long.", "64: 50%", "At most 256 keys", "tested at 256");
  }

  @Test
  void aCellShowsItsFamily() {
    editor().open(FILE, TEXT);

    assertThat(hover("decayed", 1)).contains("cell decayed(heads = 2,", "family scalar decay");
  }

  @Test
  void aCellOfTheLibraryToo() {
    editor().open(FILE, TEXT + "let m = gated_delta(heads: 2)\n");

    assertThat(hover("gated_delta", 1)).contains("cell gated_delta(", "family");
  }

  @Test
  void aKeyShowsItsMeaning() {
    editor().open(FILE, TEXT);

    assertThat(hover("seq", 1)).contains("tokens of one sequence", "Required.", "seq = 512 tok");
  }

  @Test
  void aKeyThatIsSetFromElsewhereToo() {
    editor().open(FILE, TEXT);

    assertThat(hover("seq", 3)).contains("tokens of one sequence");
  }

  @Test
  void anArgumentShowsItsMeaning() {
    editor().open(FILE, TEXT);

    assertThat(hover("peak", 1)).contains("the rate when the warmup ends");
  }

  @Test
  void aValueShowsWhatItComesTo() {
    editor().open(FILE, TEXT);

    assertThat(hover("half", 2)).contains("let half = 128 / 2", "Its value: `64`");
  }

  @Test
  void afterAFaultTheRestStillHasFacts() {
    editor().open(FILE, TEXT.replace("  seq = 512 tok\n", "  seq = \n"));

    assertThat(hover("hybrid", 2)).contains("parameters        920,976");
    assertThat(hover("libraries", 2)).contains("data libraries");
  }

  @Test
  void whiteSpaceShowsNothing() {
    editor().open(FILE, TEXT);

    assertThat(
            Editor.get(
                    editor()
                        .documents()
                        .hover(
                            new HoverParams(
                                editor().document(FILE), editor().at(FILE, "\n\n", 1, 1))))
                .getContents()
                .getLeft())
        .isEmpty();
  }
}
