package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.cli.run.Device;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.runtime.UserError;
import dev.swax.tornado.TornadoDevices;
import dev.swax.tornado.TornadoInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says of devices where there is no TornadoVM, or only parts of it. */
class DeviceTest {
  @TempDir private Path folder;

  @Test
  void aDeviceNeedsAnSdk() throws IOException {
    SmallFile.write(folder, 1);
    Run.in(folder, "train", "m.swax", "--device", "tornado")
        .isRefused(
            "`--device tornado` needs TornadoVM", "TORNADOVM_HOME is not set", "sdk install");
    Run.in(folder, "verify", "m.swax", "--device", "tornado").isRefused("needs TornadoVM");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void whatRunsOnTheProcessorTakesNoDevice() {
    Run.in(folder, "eval", "runs/m", "--device", "tornado").isRefused("runs on the CPU");
    Run.in(folder, "generate", "runs/m", "--device", "tornado").isRefused("runs on the CPU");
    Run.in(folder, "eval", "runs/m", "--matmul", "cublas")
        .isRefused("are only for training on a device; this runs on the CPU", "leave them out");
    Run.in(folder, "grid", "cell", "g.swax", "--cell", "c", "--device", "tornado")
        .isRefused("runs on the CPU", "`--device cpu`");
  }

  @Test
  void partsOfAnSdkAreNotEnough() throws IOException {
    SmallFile.write(folder, 1);
    Path home = Files.createDirectories(folder.resolve("sdk"));
    train(home).isRefused("has no tornado-api jar");
    Path classes = Files.createDirectories(home.resolve("share/java/tornado"));
    Files.createFile(classes.resolve("tornado-api-1.jar"));
    train(home).isRefused("has no tornado-runtime jar");
    Files.createFile(classes.resolve("tornado-runtime-1.jar"));
    if (!TornadoInstallation.isLoaded()) {
      train(home).isRefused("started without its flags", "`swax`");
    }
    train(folder.resolve("absent")).isRefused("which is no folder");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void theClassForADeviceIsPrintedWithoutAnSdk() throws IOException {
    SmallFile.write(folder, 1);
    Run run = Run.in(folder, "dump", "m.swax", "--after=java", "--device", "tornado");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("extends TornadoProgram", "graph.task(");
    Run.in(folder, "dump", "m.swax", "--after=plan", "--device", "tornado")
        .isRefused("`--after=plan` is the same for every device");
  }

  @Test
  void whatMultipliesIsChosenForDevicesOnly() throws IOException {
    SmallFile.write(folder, 1);
    Run.in(folder, "train", "m.swax", "--matmul", "cublas")
        .isRefused("`--matmul cublas` is for NVIDIA's GPUs", "`--device tornado --matmul cublas`");
    Run.in(folder, "train", "m.swax", "--matmul", "mkl")
        .isRefused("--matmul", "`mkl` is not one of `own`, `cublas`, `cublas-tf32`, `cublas-bf16`");
    Run.in(folder, "train", "m.swax", "--cuda-graphs")
        .isRefused("`--cuda-graphs` needs TornadoVM's CUDA backend; this runs on cpu");
    Run.in(folder, "dump", "m.swax", "--after=java", "--matmul", "cublas")
        .isRefused("`--matmul cublas` is for NVIDIA's GPUs");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void theClassWithProductsOfTheLibraryIsPrinted() throws IOException {
    SmallFile.write(folder, 1);
    Run run =
        Run.in(
            folder,
            "dump",
            "m.swax",
            "--after=java",
            "--device",
            "tornado",
            "--matmul",
            "cublas-tf32");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("Precision.TF32").doesNotContain("MatmulKernels.plain(");
  }

  /** The simulator has no CUDA either. */
  @Test
  void theLibraryNeedsTheCudaBackend() {
    assertThatThrownBy(() -> Device.TORNADO.require(Products.CUBLAS_TF32))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("`--matmul cublas-tf32` needs cuBLAS")
        .hasMessageContaining(TornadoDevices.describeDefault());
    assertThatThrownBy(() -> Device.TORNADO.requireCapture(Products.OWN))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("`--cuda-graphs` needs TornadoVM's CUDA backend");
  }

  private Run train(Path home) {
    return Run.with(
        Map.of("TORNADOVM_HOME", home.toString()),
        folder,
        "train",
        "m.swax",
        "--device",
        "tornado");
  }
}
