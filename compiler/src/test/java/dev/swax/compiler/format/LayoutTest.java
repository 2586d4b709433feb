package dev.swax.compiler.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {

  private static Document listOf(String word, int count) {
    Document element = Document.text(word);
    Document separator = Document.of(Document.text(","), Document.line());
    return Document.group(
        Document.text("["),
        Document.indented(
            Document.softLine(), Document.join(separator, Collections.nCopies(count, element))),
        Document.softLine(),
        Document.text("]"));
  }

  @Test
  void exactlyTheWidthFits() {
    String word = "x".repeat(Layout.WIDTH - 2);
    assertThat(Layout.print(listOf(word, 1))).isEqualTo("[" + word + "]\n");
    assertThat(Layout.print(listOf(word + "x", 1))).isEqualTo("[\n  " + word + "x\n]\n");
  }

  @Test
  void theOuterGroupBreaksFirst() {
    Document inner = listOf("y", 3);
    Document outer =
        Document.group(Document.text("x".repeat(95)), Document.indented(Document.line(), inner));
    assertThat(Layout.print(outer)).isEqualTo("x".repeat(95) + "\n  [y, y, y]\n");
  }

  @Test
  void aLineEndDoesNotCount() {
    Document commented = Document.of(listOf("x", 2), new Document.LineEnd("// " + "c".repeat(200)));
    assertThat(Layout.print(commented)).startsWith("[x, x]  // c");
  }

  @Test
  void aHardLineBreaksItsGroup() {
    Document group =
        Document.group(
            Document.text("a"), Document.line(), new Document.HardLine(), Document.text("b"));
    assertThat(Layout.print(group)).isEqualTo("a\n\nb\n");
  }

  @Test
  void blanksAtTheEndOfALineGo() {
    Document lines =
        Document.of(List.of(Document.text("a  "), new Document.BlankLine(), Document.text("b ")));
    assertThat(Layout.print(lines)).isEqualTo("a\n\nb\n");
  }
}
