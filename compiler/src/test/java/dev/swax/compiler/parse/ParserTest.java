package dev.swax.compiler.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.SyntaxFile;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

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
}
