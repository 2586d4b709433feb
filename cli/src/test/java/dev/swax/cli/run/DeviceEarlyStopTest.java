package dev.swax.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.runtime.train.EarlyEnd;
import dev.swax.runtime.train.RunDirectory;
import dev.swax.runtime.train.RunFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule to stop where a device trains and the processor validates. */
@Tag("devices")
class DeviceEarlyStopTest {
  @TempDir private Path folder;

  @Test
  void theRunGoesBackAndThenOnElsewhere() throws IOException {
    var training = new SmallTraining(folder);
    int code =
        training.train(
            training.run(),
            device(training),
            "small.budget=20 step",
            "small.validate_every=1 step",
            "small.stop=when validation stalls for 1",
            "small.lr=constant(3e-1)");
    assertThat(code).as(training.told()).isZero();
    EarlyEnd end = Objects.requireNonNull(RunFiles.of(training.run()).manifest().ended());
    assertThat(end.step()).isEqualTo(end.best() + 1);
    assertThat(RunDirectory.checkpoints(training.run(), 1).steps()).startsWith(end.best());
    String lowest = "step %d/20  validation loss ".formatted(end.best());
    String first = lineAfter(training.told(), training.told().indexOf(lowest));
    String last = lineAfter(training.told(), training.told().lastIndexOf(lowest));
    assertThat(last).as("the weights have gone back").isEqualTo(first);

    assertThat(training.resume(device(training), "--threads", "1")).isZero();
    assertThat(training.told()).doesNotContain("continuing after");
    assertThat(training.resumeWith(() -> false, "small.stop=none")).as(training.told()).isZero();
    assertThat(training.told()).contains("continuing after step %d of 20".formatted(end.best()));
  }

  private static DeviceTraining device(SmallTraining training) {
    return new DeviceTraining(
        training.console(),
        TestDevice.with(UnaryOperator.identity()),
        1L << 40,
        new DeviceOptions(Products.OWN, false, false));
  }

  private static String lineAfter(String text, int at) {
    return text.substring(at, text.indexOf('\n', at));
  }
}
