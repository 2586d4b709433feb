package dev.swax.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.diagnostic.DiagnosticRenderer;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.format.Formatter;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.syntax.SyntaxFile;
import dev.swax.compiler.syntax.SyntaxPrinter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is printed of a syntax tree, of a formatted file, and of faults. */
class SyntaxGoldenTest {

  @TestFactory
  Stream<DynamicTest> syntaxTrees() {
    return Golden.tests("syntax", ".txt", file -> SyntaxPrinter.print(parse(file)));
  }

  @TestFactory
  Stream<DynamicTest> formattedFiles() {
    return Golden.tests("format", ".txt", file -> Formatter.format(parse(file)));
  }

  private static SyntaxFile parse(Path path) {
    var diagnostics = new Diagnostics();
    SyntaxFile file =
        Parser.parse(new SourceFile(path.getFileName().toString(), Golden.read(path)), diagnostics);
    assertThat(DiagnosticRenderer.render(diagnostics.all())).isEmpty();
    return file;
  }
}
