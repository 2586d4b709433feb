package dev.swax.tests;

import static java.util.stream.Collectors.joining;

import dev.swax.compiler.model.part.PartPrinter;
import dev.swax.compiler.type.PartKind;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the compiler understands of a cell: its family, its forms, its size. */
class CellGoldenTest {
  private static final String FOLDER = "cells";

  @TestFactory
  Stream<DynamicTest> explanations() {
    return Golden.tests(FOLDER, ".txt", CellGoldenTest::explain);
  }

  private static String explain(Path file) {
    return Stages.analyze(Golden.folder(FOLDER), file).models().stream()
        .flatMap(model -> model.layers().stream())
        .flatMap(layer -> layer.parts().stream())
        .filter(part -> part.kind() == PartKind.CELL)
        .map(PartPrinter::explain)
        .distinct()
        .collect(joining());
  }
}
