package dev.swax.cli.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class RunCurvesTest {
  @Test
  void numbersBecomeCurvesByPath() {
    var curves = new RunCurves();
    curves.line(
        "{\"step\":1,\"time\":\"2026-01-01T00:00:00Z\",\"loss\":3,\"sources\":{\"web\":2},\"tokens\":64}");
    curves.line("{\"step\":1,\"time\":\"2026-01-01T00:00:02Z\",\"validation\":{\"loss\":4}}");
    assertThat(curves.curves().keySet())
        .containsExactly("loss", "sources/web", "tokens", "validation/loss");
    Curve validation = Objects.requireNonNull(curves.curves().get("validation/loss"));
    assertThat(validation.place(0)).isEqualTo(new Curve.Place(1, 64, 2));
    assertThat(curves.last()).containsEntry("validation/loss", 4.0);
  }

  @Test
  void aDamagedLineIsAGapInEveryCurve() {
    var curves = new RunCurves();
    curves.line("{\"step\":1,\"loss\":3}");
    curves.line("{\"step\":2,\"loss\":3,\"check\":\"00000000\"}");
    curves.line("{\"step\":3,\"lo");
    curves.line("{\"step\":4,\"loss\":1}");
    assertThat(curves.damaged()).isEqualTo(2);
    Curve loss = Objects.requireNonNull(curves.curves().get("loss"));
    assertThat(loss.size()).isEqualTo(3);
    assertThat(loss.count(1)).isZero();
  }
}
