package dev.swax.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DiagnosticRendererTest {

  private static String render(String text, String marked, @Nullable String help) {
    var file = new SourceFile("names/a.swax", text);
    int start = text.indexOf(marked);
    return DiagnosticRenderer.render(
        new Diagnostic(
            Code.UNKNOWN_NAME,
            new Span(file, start, start + marked.length()),
            "nothing here is called `w_upp`",
            List.of(),
            help));
  }

  @Test
  void excerptCaretAndHelp() {
    assertThat(render("a\nb\n  h = matmul(x, w_upp)\n", "w_upp", "did you mean `w_up`?"))
        .isEqualTo(
            """
            error[SWX2001]: nothing here is called `w_upp`
             --> names/a.swax:3:17
              |
            3 |   h = matmul(x, w_upp)
              |                 ^^^^^
              = help: did you mean `w_up`?
            """);
  }

  @Test
  void notesHaveTheirOwnExcerptAndTheGutterFitsTheLargestNumber() {
    var file = new SourceFile("a.swax", "x\n".repeat(9) + "yy\n");
    Diagnostic diagnostic =
        new Diagnostic(
            Code.UNCLOSED_BRACKET,
            new Span(file, 0, 1),
            "`x` is open",
            List.of(new Diagnostic.Note(new Span(file, 18, 20), "`yy` comes first")),
            null);
    assertThat(DiagnosticRenderer.render(diagnostic))
        .isEqualTo(
            """
            error[SWX1007]: `x` is open
              --> a.swax:1:1
               |
             1 | x
               | ^
            note: `yy` comes first
              --> a.swax:10:1
               |
            10 | yy
               | ^^
            """);
  }

  @Test
  void carriageReturnsAreNotShown() {
    assertThat(render("w_upp\r\nb\r\n", "w_upp", null))
        .doesNotContain("\r")
        .contains("1 | w_upp\n");
  }

  @Test
  void aSpanOfSeveralLinesIsMarkedOnItsFirst() {
    assertThat(render("ab (\n  c\n)", "(\n  c\n)", null))
        .contains("1 | ab (\n")
        .contains("  |    ^\n");
  }

  @Test
  void tabsAndWideCharactersKeepTheCaretInPlace() {
    assertThat(render("\ta\t模e\u0301 w_upp", "w_upp", null))
        .contains("1 |     a   模e\u0301 w_upp\n")
        .contains("  |             ^^^^^\n");
  }

  @Test
  void aLongLineIsCutAroundTheSpan() {
    String rendered = render("a ".repeat(5000) + "w_upp" + " b".repeat(5000), "w_upp", null);
    assertThat(rendered.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(140));
    String[] lines = rendered.split("\n");
    assertThat(lines[3].substring(lines[4].indexOf('^'), lines[4].lastIndexOf('^') + 1))
        .isEqualTo("w_upp");
  }

  @Test
  void nothingPrintedCanSteerATerminal() {
    assertThat(render("\u001b[31m\u202e w_upp\u0007", "w_upp", "\u001b[0m"))
        .doesNotContain("\u001b", "\u202e", "\u0007");
  }

  @Test
  void theEndOfTheFileCanBeMarked() {
    assertThat(render("ab\n", "\n", null)).contains("1 | ab\n").contains("  |   ^\n");
  }
}
