package dev.swax.compiler.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.SyntaxFile;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {

  private static SyntaxFile parse(String text) {
    var diagnostics = new Diagnostics();
    SyntaxFile file = Parser.parse(new SourceFile("test.swax", text), diagnostics);
    assertThat(diagnostics.all()).isEmpty();
    return file;
  }

  private static Expression value(String text) {
    return ((Declaration.Let) parse("let v = " + text).declarations().getFirst()).value();
  }

  @Test
  void theWholeSketchParses() throws Exception {
    Path sketch = Path.of(System.getProperty("swax.root"), "tests/golden/syntax/sketch.swax");
    SyntaxFile file = parse(Files.readString(sketch));
    assertThat(file.imports()).hasSize(2);
    assertThat(file.declarations()).hasSize(15);
    assertThat(file.declarations().getLast().documentation())
        .isEqualTo("Gated linear attention, by its recurrence (paper, equations 4 and 5).");
  }

  @Test
  void wordsOfTheLanguageCanBeNames() {
    SyntaxFile file =
        parse(
            """
            model swax(window = 5 step, state) { layers = tok data = train batch = per }
            train grid { step = 3 tok tok = 4 step step = sample per = column format = row }
            grid model { row row = lower lower lower = higher column = using using = 1 }
            cell cell { state state state = data data, sample: [row] = state }
            """);
    assertThat(file.declarations()).hasSize(4);
  }

  @Test
  void withTakesInTheWholeProductBeforeIt() {
    assertThat(value("blocks * [local] with { 5 = full }")).isInstanceOf(Expression.With.class);
  }

  @Test
  void aTouchingPercentSignIsAPercentage() {
    assertThat(value("90%"))
        .isInstanceOfSatisfying(
            Expression.Literal.class,
            literal -> {
              assertThat(literal.unit()).isEqualTo(Expression.Unit.PERCENT);
              assertThat(literal.value()).isEqualTo(new BigDecimal("90"));
            });
    assertThat(value("90 % 7"))
        .isInstanceOfSatisfying(
            Expression.Binary.class,
            binary -> assertThat(binary.operator()).isEqualTo(Expression.BinaryOperator.REMAINDER));
  }

  @Test
  void aDeclarationWithAFaultIsLeftOut() {
    var diagnostics = new Diagnostics();
    SyntaxFile file =
        Parser.parse(new SourceFile("test.swax", "let a = 1\nlet b =\nlet c = 3\n"), diagnostics);
    assertThat(file.declarations()).extracting(d -> d.name().text()).containsExactly("a", "c");
    assertThat(diagnostics.all()).hasSize(1);
  }

  @Test
  void faultsComeInFileOrder() {
    var diagnostics = new Diagnostics();
    Parser.parse(
        new SourceFile("test.swax", "let a = (\nlet b = 3x\nlet c = ]\nlet d = ?\n"), diagnostics);
    assertThat(diagnostics.all()).extracting(d -> d.span().line()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void spansCoverWhatTheyName() {
    Expression value = value("f(a: 1 + 2) until 90% then b");
    assertThat(value.span().text()).isEqualTo("f(a: 1 + 2) until 90% then b");
    var until = (Expression.Until) value;
    assertThat(until.at().span().text()).isEqualTo("90%");
    var call = (Expression.Call) until.first();
    assertThat(call.arguments().getFirst().span().text()).isEqualTo("a: 1 + 2");
    assertThat(call.callee().span().text()).isEqualTo("f");
  }

  @Test
  void offsetsCountWhatStringsCount() {
    SyntaxFile file = parse("// \ud83d\ude00\r\nlet a = \"\ud83d\ude00\"\r\nlet b = 3\r\n");
    assertThat(file.declarations().getLast().span().text()).isEqualTo("let b = 3");
    assertThat(file.comments().getFirst().span().text()).isEqualTo("// \ud83d\ude00");
  }

  @Test
  void documentationIsTheBlockDirectlyAbove() {
    SyntaxFile file =
        parse(
            """
            /// far away

            /// near
            ///   with a step
            let a = 1  /// behind
            // plain
            let b = 2
            """);
    assertThat(file.declarations())
        .extracting(Declaration::documentation)
        .containsExactly("near\n  with a step", "");
    assertThat(file.comments())
        .extracting(c -> c.span().text())
        .containsExactly("/// far away", "/// behind", "// plain");
    assertThat(file.comments())
        .extracting(SyntaxFile.Comment::trailing)
        .containsExactly(false, true, false);
  }

  @Test
  void nestingWithinTheLimitParses() {
    assertThat(value("(".repeat(100) + "a" + ")".repeat(100))).isInstanceOf(Expression.Name.class);
    assertThat(value("f(".repeat(90) + "a" + ")".repeat(90))).isInstanceOf(Expression.Call.class);
    assertThat(value("a" + " + a".repeat(200))).isInstanceOf(Expression.Binary.class);
  }

  @Test
  void anEmptyFileIsAFile() {
    assertThat(parse("").declarations()).isEmpty();
    assertThat(parse("\n// only this").comments()).hasSize(1);
  }

  /** `tok =` is a key elsewhere; between `in` and `=` it is a unit. */
  @Test
  void theListOfAHeadingMayEndInAUnit() {
    var diagnostics = new Diagnostics();
    String text = "grid g { column \"a\" for i in 2k step = i  row b for w in [1] * 5 tok = w }";
    Parser.parse(new SourceFile("test.swax", text), diagnostics);
    assertThat(diagnostics.all()).isEmpty();
  }

  /** A brace that is taken for another's once led the parser past the end of the file. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "train t { a = sample per batch { 1 } }",
        "train t { w = sample per batch {",
        "model m = x with { w = sample per batch { 64",
        "train t { w = sample per batch { 64 50%, 256: rest } }",
        "train t { w = sample per batch { 64: } b = { sample per batch { } }",
        "cell c { state S: [ sample per batch { ) } out = x with { 1 } }",
      })
  void nothingPassesTheEndOfTheFile(String text) {
    var diagnostics = new Diagnostics();
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> Parser.parse(new SourceFile("test.swax", text), diagnostics));
    assertThat(diagnostics.hasErrors()).isTrue();
  }

  /** Too much of anything is one message, and reading stops there. */
  @ParameterizedTest
  @ValueSource(strings = {" < a", " + a", " with { }", "[0]", " until 1 step then a", " ^ a"})
  void aLongChainOfOperatorsIsOneMessage(String operator) {
    assertThat(faults("let x = a" + operator.repeat(30_000))).containsExactly(Code.TOO_DEEP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "{", "f(", "-", "not ", "if a then b else "})
  void deepNestingIsOneMessage(String opening) {
    assertThat(faults("let x = " + opening.repeat(40_000) + "a")).containsExactly(Code.TOO_DEEP);
  }

  @Test
  void aFileOfVeryManyWordsIsOneMessage() {
    assertThat(faults("let x = [1" + ", 1".repeat(150_000) + "]"))
        .containsExactly(Code.UNREADABLE_TEXT);
  }

  @Test
  void veryManyFaultsAreCountedUpToALimit() {
    var diagnostics = new Diagnostics();
    Parser.parse(new SourceFile("test.swax", "; a ".repeat(50_000)), diagnostics);
    assertThat(diagnostics.errors()).isEqualTo(Reporter.MOST + 1);
    assertThat(diagnostics.inOrder()).hasSize(Diagnostics.SHOWN + 1);
    assertThat(diagnostics.inOrder().getLast().message())
        .isEqualTo("9,951 more errors are not shown; the first is here");
  }

  @Test
  void aMessageDoesNotQuoteAWholeFile() {
    var diagnostics = new Diagnostics();
    Parser.parse(
        new SourceFile("test.swax", "let " + "\u00e9".repeat(10_000) + " = 1"), diagnostics);
    assertThat(diagnostics.all().getFirst().message()).hasSizeLessThan(1000);
  }

  private static List<Code> faults(String text) {
    var diagnostics = new Diagnostics();
    Parser.parse(new SourceFile("test.swax", text), diagnostics);
    return diagnostics.all().stream().map(Diagnostic::code).toList();
  }
}
