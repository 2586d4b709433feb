package dev.swax.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.UserError;
import org.junit.jupiter.api.Test;

/** What TornadoVM says of a kernel that is not compiled, in one line. */
class RejectedKernelTest {
  @Test
  void theKernelIsNamed() {
    UserError error =
        RejectedKernel.of(
            "memoryBackward",
            """
            \u001B[31mBailout is disabled.\s
            Reason: \u001B[31mUnable to compile task memoryBackward.memoryBackwardDNorm - memoryBackwardDNorm
            The internal error is: \u001B[31mError during code compilation with the OpenCL driver\u001B[0m
            Stacktrace: [tornado.drivers.opencl/a.B.c(B.java:1)]
            \u001B[0m\
            """);
    assertThat(error)
        .hasMessage(
            "the device's compiler does not take kernel `memoryBackwardDNorm` of graph `memoryBackward`: Error during code compilation with the OpenCL driver");
    assertThat(error.help()).contains("`--device cpu`");
  }

  @Test
  void whatElseIsSaidIsToldAsItIs() {
    assertThat(RejectedKernel.of("update", "\u001B[31mno driver\u001B[0m"))
        .hasMessage("the device's compiler does not take a kernel of graph `update`: no driver");
  }
}
