package dev.swax.compiler.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static String kinds(String text) {
    var kinds = new StringBuilder();
    for (Word word : Words.of(new SourceFile("test.swax", text))) {
      kinds.append(word.span().text()).append(' ').append(word.kind()).append('\n');
    }
    return kinds.toString();
  }

  @Test
  void eachWordHasAKind() {
    assertThat(kinds("let data = 4k tok, S' + \"a\" // c\n/// d\n; 5% f("))
        .isEqualTo(
            """
            let RESERVED
            data CONTEXTUAL
            = OPERATOR
            4k NUMBER
            tok CONTEXTUAL
            , SEPARATOR
            S' PRIMED
            + OPERATOR
            "a" TEXT
            // c COMMENT
            /// d DOCUMENTATION
            ; FOREIGN
            5% NUMBER
            f NAME
            ( BRACKET
            """);
  }

  @Test
  void theWordsOfTheLanguageComeFromTheGrammar() {
    assertThat(Words.reserved()).contains("let", "until", "not").doesNotContain("model");
    assertThat(Words.contextual()).contains("edition", "tok", "assumed").doesNotContain("let");
    assertThat(Words.ofFiles()).startsWith("let", "edition").endsWith("grid", "expect");
    assertThat(Words.ofGrids()).startsWith("using").endsWith("figure", "expect");
  }
}
