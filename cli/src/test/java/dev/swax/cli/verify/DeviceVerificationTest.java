package dev.swax.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.cli.input.Input;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.source.SourceFile;
import dev.swax.runtime.train.AdamW;
import dev.swax.runtime.train.Optimizer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What `verify --device tornado` finds right, whatever multiplies matrices. */
class DeviceVerificationTest {
  private static final String FILE =
      """
      edition 1
      import "std/models"
      import "std/cells"

      model m = swax with {
        width = 64
        blocks = 2
        heads = 4
        window = 16
        memory = mlstm(heads: 4)
      }
      """;

  @ParameterizedTest
  @EnumSource
  void aRightDeviceIsFoundRight(Products products) {
    var input = new Input(new SourceFile("m.swax", FILE), null, List.of(), false);
    Analysis analysis = input.findAnalysis(new Diagnostics()).orElseThrow();
    Architecture model = analysis.models().getLast();
    var optimizer = Optimizer.of(new AdamW(0.9, 0.95, 1e-8, 0.1, 1));
    Verification verification = Verification.of(input, analysis, model, optimizer, 1);
    List<Check> checks = verification.runOnDevice(products, false);
    assertThat(checks).hasSize(3);
    assertThat(checks).allSatisfy(check -> assertThat(check.passed()).as("%s", check).isTrue());
  }
}
