package dev.swax.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.swax.compiler.Lowering;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does not fit is refused with both sizes and with what fits. */
class DeviceMemoryTest {
  private static final long GIB = 1L << 30;
  private static final long MUCH = 1L << 40;

  @TempDir private Path folder;

  /** 2,048 sequences of 256 tokens, some thousand floats a token: more than 2 GiB. */
  private TrainPlan plan() throws IOException {
    return plan(524_288);
  }

  private TrainPlan plan(int tokens) throws IOException {
    return new SmallTraining(folder)
        .plan("train.seq=256", "train.batch=" + tokens, "train.micro_batch=" + tokens);
  }

  private UserError refused(long memory, long largest, long host, boolean checked)
      throws IOException {
    return refused(plan(), memory, largest, host, checked);
  }

  private UserError refused(TrainPlan plan, long memory, long largest, long host, boolean checked)
      throws IOException {
    var device = new TestDevice(memory, largest, UnaryOperator.identity());
    var training =
        new DeviceTraining(
            new SmallTraining(folder).console(),
            device,
            host,
            new DeviceOptions(Products.OWN, false, checked));
    return catchThrowableOfType(
        UserError.class, () -> training.fit(plan, Lowering.of(Plans.architecture(plan)).plan()));
  }

  @Test
  void aDeviceThatIsTooSmall() throws IOException {
    UserError error = refused(GIB, MUCH, MUCH, true);
    assertThat(error)
        .hasMessageMatching(
            "training small \\(.*m.swax:4.*\\) needs [1-9]\\d*\\.\\d\\d GiB on the device, but test device has 1.00 GiB");
    assertThat(error.help()).matches("`micro_batch = \\d+ tok` fits; or `--device cpu`");
  }

  /** No index reaches the numbers that are kept of so many tokens. */
  @Test
  void anArrayThatIsTooLongForAnyDevice() throws IOException {
    UserError error = refused(plan(1 << 25), MUCH, MUCH, MUCH, false);
    assertThat(error)
        .hasMessageMatching(
            "training small \\(.*m.swax:4.*\\) does not fit: on a device, .* one array of at most 2,147,483,647 numbers, but this training needs .*");
    assertThat(error.help()).matches("`micro_batch = \\d+ tok` fits; or `--device cpu`");
  }

  @Test
  void whatHelpsFits() throws IOException {
    String help = String.valueOf(refused(GIB, MUCH, MUCH, true).help());
    String tokens = help.replaceAll("\\D+(\\d+) tok.*", "$1");
    TrainPlan plan =
        new SmallTraining(folder)
            .plan("train.seq=256", "train.batch=524288", "train.micro_batch=" + tokens);
    var device = new TestDevice(GIB, MUCH, UnaryOperator.identity());
    var training =
        new DeviceTraining(
            new SmallTraining(folder).console(),
            device,
            MUCH,
            new DeviceOptions(Products.OWN, false, true));
    assertThat(training.fit(plan, Lowering.of(Plans.architecture(plan)).plan())).isNotNull();
  }

  @Test
  void anArrayThatIsTooLarge() throws IOException {
    UserError error = refused(MUCH, GIB / 4, MUCH, true);
    assertThat(error)
        .hasMessageMatching(
            "training small .* needs an array of \\d+\\.\\d\\d GiB for scratch, but test device allows 0.25 GiB at most");
    assertThat(error.help()).contains("micro_batch", "--device cpu");
  }

  @Test
  void aHostThatIsTooSmall() throws IOException {
    UserError error = refused(MUCH, MUCH, 2 * GIB, true);
    assertThat(error)
        .hasMessageMatching(
            "training small .* needs [2-9]\\.\\d\\d GiB on this machine, which holds a copy of every array and computes a batch for the check; it has 2.00 GiB");
    assertThat(error.help()).contains("micro_batch", "--device cpu");
  }

  @Test
  void theCheckNeedsMemoryOfTheHost() throws IOException {
    UserError error = refused(MUCH, MUCH, 2 * GIB, true);
    UserError unchecked = refused(MUCH, MUCH, GIB, false);
    assertThat(needed(unchecked)).isLessThan(0.7 * needed(error));
    assertThat(unchecked).hasMessageContaining("which holds a copy of every array; it has 1.00");
  }

  private static double needed(UserError error) {
    return Double.parseDouble(
        String.valueOf(error.getMessage()).replaceAll(".*needs ([0-9.]+) GiB.*", "$1"));
  }

  @Test
  void nothingFits() throws IOException {
    assertThat(refused(1, MUCH, MUCH, true).help())
        .isEqualTo("a smaller `seq` or model, or `--device cpu`");
  }
}
