package dev.swax.tornado;

import dev.swax.runtime.UserError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is told where the compiler of a device does not take a kernel. */
final class RejectedKernel {
  private static final Pattern COLOUR = Pattern.compile("\u001B\\[\\d*m");
  private static final Pattern KERNEL = Pattern.compile("Unable to compile task \\S+\\.(\\w+)");
  private static final Pattern REASON = Pattern.compile("The internal error is: (.+)");

  private RejectedKernel() {}

  /**
   * The error.
   *
   * @param graph that the kernel is in
   * @param message of TornadoVM, of several lines, with colours and the stack of what went wrong
   */
  static UserError of(String graph, String message) {
    String plain = COLOUR.matcher(message).replaceAll("");
    Matcher kernel = KERNEL.matcher(plain);
    Matcher reason = REASON.matcher(plain);
    return new UserError(
        "the device's compiler does not take %s of graph `%s`: %s"
            .formatted(
                kernel.find() ? "kernel `" + kernel.group(1) + "`" : "a kernel",
                graph,
                reason.find() ? reason.group(1) : plain.strip()),
        "`--device cpu`; please report it with your file and the device's name");
  }
}
