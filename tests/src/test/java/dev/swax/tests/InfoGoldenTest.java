package dev.swax.tests;

import dev.swax.compiler.Lowering;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.facts.FactSheet;
import dev.swax.compiler.facts.InfoJson;
import dev.swax.compiler.facts.InfoText;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What `swax info` prints. */
class InfoGoldenTest {
  private static final String FOLDER = "info";

  @TestFactory
  Stream<DynamicTest> text() {
    return Golden.tests(FOLDER, ".txt", file -> InfoText.render(sheets(file)));
  }

  @TestFactory
  Stream<DynamicTest> json() {
    return Golden.tests(FOLDER, ".json", file -> InfoJson.render(sheets(file)));
  }

  private static List<FactSheet> sheets(Path file) {
    Analysis analysis = Stages.analyze(Golden.folder(FOLDER), file);
    return analysis.models().stream()
        .map(model ->
            FactSheet.of(
                model,
                analysis.usage(model),
                Lowering::trainingBytes,
                analysis.findOptimizer(model)))
        .toList();
  }
}
