package dev.swax.compiler.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          64                          | 64
          swa(¶  // how wide¶  8)     | swa( 8)
          a  // as the paper says     | a
          f("http://x  y", 1)         | f("http://x  y", 1)
          f("a\\"// b") // c¶ + 1     | f("a\\"// b") + 1
          [1,¶ /// doc¶ // more¶ 2]   | [1, 2]
          """)
  void itsWordsAreThoseWithoutComments(String text, String words) {
    String source = text.replace('¶', '\n');
    var span = new Span(new SourceFile("a.swax", source), 0, source.length());
    assertThat(span.words()).isEqualTo(words);
  }
}
