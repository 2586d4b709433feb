package dev.swax.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyDouble;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.runtime.UserError;
import dev.swax.runtime.program.DeviceProgram;
import dev.swax.runtime.program.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that computes wrongly is found before a run begins or goes on. */
class DeviceStartTest {
  private static final long MUCH = 1L << 40;
  private static final String[] OPTIONS = {"--device", "tornado", "--threads", "1"};

  @TempDir private Path folder;
  private SmallTraining training;

  @BeforeEach
  void write() throws IOException {
    training = new SmallTraining(folder);
  }

  private DeviceTraining device(UnaryOperator<DeviceProgram> fault) {
    return new DeviceTraining(
        training.console(), TestDevice.with(fault), MUCH, DeviceOptions.DEFAULT);
  }

  private UserError refused(UnaryOperator<DeviceProgram> fault) {
    UserError error =
        catchThrowableOfType(
            UserError.class, () -> training.start(device(fault), () -> false, OPTIONS));
    assertThat(folder.resolve("runs")).doesNotExist();
    assertThat(error.help()).contains("`--device cpu`", "`--no-device-check`");
    return error;
  }

  @Test
  void aRightDeviceTrains() throws IOException {
    int code = training.start(device(UnaryOperator.identity()), () -> false, OPTIONS);
    assertThat(code).as(training.told()).isZero();
    assertThat(training.told())
        .containsSubsequence(
            "compiling the kernels of test device",
            "checked against the processor",
            "training swax with small");
    assertThat(training.run().resolve("manifest.json")).content().contains("tornado, ");
  }

  @Test
  void aWrongLoss() {
    assertThat(refused(DeviceStartTest::withLoss))
        .hasMessageMatching(
            "the device computes wrongly: the loss, \\d\\.\\d{4} instead of \\d\\.\\d{4}, differs from the processor's by 1.0e-02, more than 1e-03");
  }

  @Test
  void aLossThatIsNoNumber() {
    UnaryOperator<DeviceProgram> fault =
        right -> {
          DeviceProgram wrong = mock(DeviceProgram.class, delegatesTo(right));
          doAnswer(_ -> Double.NaN).when(wrong).accumulate(any(), any(), anyDouble());
          return wrong;
        };
    assertThat(refused(fault)).hasMessageContaining("the loss, NaN instead of ");
  }

  @Test
  void aWrongGradientIsNamed() {
    for (String name : new String[] {"embedding", "norm"}) {
      assertThat(refused(right -> withGradient(right, name, 1.005f)))
          .hasMessageContaining("the device computes wrongly: the gradient of " + name + " differs")
          .hasMessageEndingWith("-03, more than 1e-03");
    }
    assertThat(refused(right -> withGradient(right, "embedding", Float.NaN)))
        .hasMessageContaining("the gradient of embedding differs from the processor's by NaN");
  }

  @Test
  void aWrongNorm() {
    UnaryOperator<DeviceProgram> fault =
        right -> {
          DeviceProgram wrong = mock(DeviceProgram.class, delegatesTo(right));
          doAnswer(_ -> 1.01 * right.sumOfGradientSquares()).when(wrong).sumOfGradientSquares();
          return wrong;
        };
    assertThat(refused(fault)).hasMessageContaining("the norm of all gradients differs");
  }

  @Test
  void anUpdateThatIsALittleTooLarge() {
    assertThat(refused(right -> withUpdate(right, 1.01, 1)))
        .hasMessageContaining("the update of embedding differs from the processor's by");
  }

  @Test
  void momentsOfAnotherScale() {
    assertThat(refused(right -> withUpdate(right, 1, 1.01)))
        .hasMessageContaining("the first moment of embedding differs");
  }

  @Test
  void whoeverWantsNoCheckGetsNone() throws IOException {
    var device =
        new DeviceTraining(
            training.console(),
            TestDevice.with(DeviceStartTest::withLoss),
            MUCH,
            new DeviceOptions(Products.OWN, false, false));
    int code =
        training.start(
            device, () -> false, "--device", "tornado", "--threads", "1", "--no-device-check");
    assertThat(code).as(training.told()).isZero();
    assertThat(training.run().resolve("manifest.json")).content().contains(", not checked");
  }

  @Test
  void aRunIsNotTouchedByAWrongDevice() throws IOException {
    var asked = new AtomicInteger();
    var machine = SmallTraining.machine("--threads", "1");
    int code =
        training.start(
            TrainingDevice.of(machine, training.console()), () -> asked.incrementAndGet() > 1);
    assertThat(code).as(training.told()).isEqualTo(75);
    Path manifest = training.run().resolve("manifest.json");
    String before = Files.readString(manifest);
    UserError error =
        catchThrowableOfType(
            UserError.class, () -> training.resume(device(DeviceStartTest::withLoss), OPTIONS));
    assertThat(error).hasMessageContaining("the device computes wrongly: the loss");
    assertThat(manifest).hasContent(before);
    code = training.resume(device(UnaryOperator.identity()), OPTIONS);
    assertThat(code).as(training.told()).isZero();
    assertThat(manifest).content().contains("then tornado, ");
  }

  private static DeviceProgram withLoss(DeviceProgram right) {
    DeviceProgram wrong = mock(DeviceProgram.class, delegatesTo(right));
    doAnswer(call ->
            1.01 * right.accumulate(call.getArgument(0), call.getArgument(1), call.getArgument(2)))
        .when(wrong)
        .accumulate(any(), any(), anyDouble());
    return wrong;
  }

  private static DeviceProgram withGradient(DeviceProgram right, String name, float factor) {
    DeviceProgram wrong = mock(DeviceProgram.class, delegatesTo(right));
    doAnswer(
            _ -> {
              right.refreshParameters();
              for (Parameter parameter : right.parameters()) {
                if (parameter.spec().name().equals(name)) {
                  for (long i = 0; i < parameter.gradient().length(); i++) {
                    parameter.gradient().set(i, factor * parameter.gradient().get(i));
                  }
                }
              }
              return null;
            })
        .when(wrong)
        .refreshParameters();
    return wrong;
  }

  private static DeviceProgram withUpdate(DeviceProgram right, double rate, double scale) {
    DeviceProgram wrong = mock(DeviceProgram.class, delegatesTo(right));
    doAnswer(
            call -> {
              right.update(
                  rate * call.<Double>getArgument(0),
                  scale * call.<Double>getArgument(1),
                  call.getArgument(2));
              return null;
            })
        .when(wrong)
        .update(anyDouble(), anyDouble(), anyLong());
    return wrong;
  }
}
