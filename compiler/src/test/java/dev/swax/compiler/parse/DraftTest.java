package dev.swax.compiler.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.syntax.SyntaxFile;
import dev.swax.compiler.syntax.SyntaxPrinter;
import java.util.List;
import org.junit.jupiter.api.Test;

class DraftTest {
  private static final String TEXT =
      """
      let a = 1
      model m(width = 3) {
        vocab = 256
        let b = 2
        layers = [b]
      }
      cell c {
        v = linear(x)
        out = v
      }
      profile p {
        m.width = 4
        m.vocab = 5
      }
      grid g {
        seeds = [1]
        row r = parameters
      }
      """;

  private static String draft(String text) {
    SyntaxFile file = Parser.draft(new SourceFile("test.swax", text), new Diagnostics());
    return SyntaxPrinter.print(file);
  }

  @Test
  void withoutFaultsItIsTheTree() {
    SyntaxFile whole = Parser.parse(new SourceFile("test.swax", TEXT), new Diagnostics());

    assertThat(draft(TEXT)).isEqualTo(SyntaxPrinter.print(whole));
  }

  @Test
  void anItemWithAFaultIsLeftOutAndTheRestStays() {
    for (String item : List.of("layers = [b]", "out = v", "m.vocab = 5", "row r = parameters")) {
      String broken = TEXT.replace(item, item.substring(0, item.indexOf('=') + 1));
      String without = TEXT.replace("  " + item + "\n", "");

      assertThat(draft(broken)).as(item).isEqualTo(draft(without));
    }
  }

  @Test
  void wordsThatBelongToNoItemAreLeftOut() {
    assertThat(draft(TEXT.replace("vocab = 256", "vocab = 256\n  ; ="))).isEqualTo(draft(TEXT));
  }

  @Test
  void aDeclarationWithoutANameIsLeftOut() {
    assertThat(draft(TEXT.replace("let a", "let")))
        .isEqualTo(draft(TEXT.replace("let a = 1\n", "")));
  }

  /** Whatever is cut off or put in, a draft is made of it. */
  @Test
  void everyCutGivesADraft() {
    for (int at = 0; at < TEXT.length(); at++) {
      draft(TEXT.substring(0, at));
      draft(TEXT.substring(0, at) + " ( = " + TEXT.substring(at));
    }
  }
}
