package dev.swax.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.runtime.UserError;
import dev.swax.runtime.program.DeviceProgram;
import dev.swax.runtime.program.UpdateRule;
import dev.swax.runtime.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        training.console(),
        TestDevice.with(fault),
        MUCH,
        new DeviceOptions(Products.OWN, false, true));
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
            "training swa_only with small");
    assertThat(manifest()).content().contains("tornado, ");
  }

  @Test
  void muonIsCheckedAndTrained() {
    int code =
        training.train(
            folder.resolve("runs/m"), device(UnaryOperator.identity()), "small.optim=muon()");
    assertThat(code).as(training.told()).isZero();
    assertThat(training.told()).contains("checked against the processor");
  }

  @Test
  void groupsAndZLossAreCheckedAndTrained() {
    String[] settings = {
      "small.z_loss=1e-4",
      "small.groups=[group(\"norm\", lr: 2, decay: 0.5), group(\"embedding\", lr: 0)]"
    };
    int code = training.train(folder.resolve("runs/m"), device(UnaryOperator.identity()), settings);
    assertThat(code).as(training.told()).isZero();
    assertThat(training.told()).contains("checked against the processor", "z-loss 0.");
  }

  @Test
  void aWrongZLoss() {
    UnaryOperator<DeviceProgram> fault =
        right -> Faulty.ofNumber(right, "zLoss", sum -> 1.01 * sum);
    UserError error =
        catchThrowableOfType(
            UserError.class,
            () -> training.train(folder.resolve("runs/m"), device(fault), "small.z_loss=1e-4"));
    assertThat(error).hasMessageContaining("the z-loss differs from the processor's by 1.0e-02");
  }

  @Test
  void aGroupThatIsUpdatedLikeTheRest() {
    UnaryOperator<DeviceProgram> fault =
        right ->
            Faulty.ofArguments(
                right,
                "update",
                given -> new Object[] {atOneRate(given[0]), given[1], given[2], given[3]});
    UserError error =
        catchThrowableOfType(
            UserError.class,
            () ->
                training.train(
                    folder.resolve("runs/m"),
                    device(fault),
                    "small.groups=[group(\"norm\", lr: 2)]"));
    assertThat(error).hasMessageContaining("the update of norm differs");
  }

  private static List<UpdateRule> atOneRate(Object rules) {
    return ((List<?>) rules)
        .stream()
            .map(UpdateRule.ByAdamW.class::cast)
            .<UpdateRule>map(rule ->
                new UpdateRule.ByAdamW(1, rule.beta1(), rule.beta2(), rule.epsilon(), rule.decay()))
            .toList();
  }

  @Test
  void whatOnlyTheProcessorComputesIsRefused() {
    UserError error =
        catchThrowableOfType(
            UserError.class,
            () ->
                training.train(
                    folder.resolve("runs/m"),
                    device(UnaryOperator.identity()),
                    "small.model=xlstm(width: 32, blocks: 1, heads: 2)",
                    "small.carry=50%"));
    assertThat(error)
        .hasMessageStartingWith("`train small` (")
        .hasMessageEndingWith(") has `carry`, which devices do not compute yet");
    assertThat(error.help()).isEqualTo("`--device cpu`");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void aWrongLoss() {
    assertThat(refused(DeviceStartTest::withLoss))
        .hasMessageMatching(
            "the device computes wrong values: the loss, \\d\\.\\d{4} instead of \\d\\.\\d{4}, differs from the processor's by 1.0e-02, more than 1e-04");
  }

  @Test
  void aLossThatIsNoNumber() {
    UnaryOperator<DeviceProgram> fault =
        right -> Faulty.ofNumber(right, "accumulate", _ -> Double.NaN);
    assertThat(refused(fault)).hasMessageContaining("the loss, NaN instead of ");
  }

  @Test
  void aWrongGradientIsNamed() {
    for (String name : new String[] {"embedding", "norm"}) {
      assertThat(refused(right -> withGradient(right, name, 1.005f)))
          .hasMessageContaining(
              "the device computes wrong values: the gradient of " + name + " differs")
          .hasMessageEndingWith("-03, more than 1e-03");
    }
    assertThat(refused(right -> withGradient(right, "embedding", Float.NaN)))
        .hasMessageContaining("the gradient of embedding differs from the processor's by NaN");
  }

  @Test
  void aWrongNorm() {
    UnaryOperator<DeviceProgram> fault =
        right -> Faulty.ofNumber(right, "sumOfGradientSquares", sum -> 1.01 * sum);
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
    assertThat(manifest()).content().contains(", not checked");
  }

  @Test
  void aRunIsNotTouchedByAWrongDevice() throws IOException {
    stopAfterAStep();
    String before = Files.readString(manifest());
    UserError error =
        catchThrowableOfType(
            UserError.class, () -> training.resume(device(DeviceStartTest::withLoss), OPTIONS));
    assertThat(error).hasMessageContaining("the device computes wrong values: the loss");
    assertThat(manifest()).hasContent(before);
    int code = training.resume(device(UnaryOperator.identity()), OPTIONS);
    assertThat(code).as(training.told()).isZero();
    assertThat(manifest()).content().contains("then tornado, ");
  }

  @Test
  void whatNeedsNoDeviceIsRefusedFirst() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("taken"));
    Files.createFile(taken.resolve("a"));
    UserError error =
        catchThrowableOfType(
            UserError.class,
            () -> training.startIn(taken, device(UnaryOperator.identity()), OPTIONS));
    assertThat(error).hasMessageContaining("is not empty");
    stopAfterAStep();
    String before = Files.readString(manifest());
    training.writeText("another");
    error =
        catchThrowableOfType(
            UserError.class, () -> training.resume(device(UnaryOperator.identity()), OPTIONS));
    assertThat(error).hasMessageContaining("the data has changed");
    assertThat(manifest()).hasContent(before);
    assertThat(training.told()).doesNotContain("compiling");
  }

  /** A run on the processor that can be continued. */
  private void stopAfterAStep() {
    var asked = new AtomicInteger();
    var machine = SmallTraining.machine("--threads", "1");
    int code =
        training.start(
            TrainingDevice.of(machine, training.console()), () -> asked.incrementAndGet() > 1);
    assertThat(code).as(training.told()).isEqualTo(75);
  }

  private Path manifest() {
    return training.run().resolve("manifest.json");
  }

  private static DeviceProgram withLoss(DeviceProgram right) {
    return Faulty.ofNumber(right, "accumulate", sum -> 1.01 * sum);
  }

  private static DeviceProgram withGradient(DeviceProgram right, String name, float factor) {
    return Faulty.then(
        right,
        "refreshParameters",
        () ->
            right.parameters().stream()
                .filter(parameter -> parameter.spec().name().equals(name))
                .forEach(parameter -> multiply(parameter.gradient(), factor)));
  }

  private static void multiply(Tensor values, float factor) {
    for (long i = 0; i < values.length(); i++) {
      values.set(i, factor * values.get(i));
    }
  }

  private static DeviceProgram withUpdate(DeviceProgram right, double rate, double scale) {
    return Faulty.ofArguments(
        right,
        "update",
        given -> new Object[] {rate * (double) given[0], scale * (double) given[1], given[2]});
  }
}
