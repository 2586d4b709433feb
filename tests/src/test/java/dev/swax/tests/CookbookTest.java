package dev.swax.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.analyze.Analyzer;
import dev.swax.compiler.analyze.data.Options;
import dev.swax.compiler.analyze.module.FileModules;
import dev.swax.compiler.analyze.part.PartAnalyzer;
import dev.swax.compiler.diagnostic.DiagnosticRenderer;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every recipe of docs/cookbook.md is without fault in the model that the page begins with. */
class CookbookTest {
  private static final Path PAGE = Path.of(System.getProperty("swax.root"), "docs/cookbook.md");
  private static final Pattern SNIPPET = Pattern.compile("```swax\n(.*?)```", Pattern.DOTALL);

  @TestFactory
  Stream<DynamicTest> recipes() throws IOException {
    List<String> snippets =
        SNIPPET.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)).toList();
    assertThat(snippets).hasSizeGreaterThan(20);
    return snippets.stream()
        .skip(1)
        .map(snippet ->
            DynamicTest.dynamicTest(
                snippet.lines().findFirst().orElseThrow(),
                () -> check(snippets.getFirst() + snippet)));
  }

  private static void check(String text) {
    var diagnostics = new Diagnostics();
    var file = Parser.parse(new SourceFile("cookbook.swax", text), diagnostics);
    List<Architecture> models =
        new Analyzer(new FileModules(), new PartAnalyzer())
            .analyze(file, Options.none(), diagnostics)
            .models();
    assertThat(DiagnosticRenderer.render(diagnostics.all())).isEmpty();
    assertThat(models).hasSizeGreaterThan(1);
    models.forEach(model -> assertThat(LowerModel.lower(model).parameterCount()).isPositive());
  }
}
