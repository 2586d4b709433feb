package dev.swax.tornado;

import dev.swax.tornado.kernel.MatmulKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The devices that TornadoVM finds; only for processes that were started with its flags. */
public final class TornadoDevices {
  /** How each line of {@link #main} begins. */
  public static final String LINE = "device ";

  /** How the line of a device ends that computes rightly. */
  public static final String RIGHT = "a product is right";

  private static final int SIDE = 65;

  private TornadoDevices() {}

  /** Name of the device that programs run on. */
  public static String describeDefault() {
    return describe(target(TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice()));
  }

  /** Whether programs run on the CUDA backend, the only one with NVIDIA's libraries. */
  public static boolean hasCublas() {
    return backend() == TornadoVMBackendType.CUDA;
  }

  /** Whether the simulator stands in for TornadoVM. */
  public static boolean isSimulated() {
    return backend() == TornadoVMBackendType.VIRTUAL;
  }

  private static TornadoVMBackendType backend() {
    return TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice().getTornadoVMBackend();
  }

  /** Bytes of memory of that device. */
  public static long memory() {
    return target(TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice())
        .getDeviceGlobalMemorySize();
  }

  /** Bytes of its largest array. */
  public static long largestArray() {
    return target(TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice())
        .getDeviceMaxAllocationSize();
  }

  /** Runs a matrix product on every device; a line about each. */
  public static List<String> test() {
    TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
    List<String> lines = new ArrayList<>();
    for (int b = 0; b < runtime.getNumBackends(); b++) {
      TornadoBackend backend = runtime.getBackend(b);
      for (int d = 0; d < backend.getNumDevices(); d++) {
        TornadoDevice device = backend.getDevice(d);
        lines.add(
            String.format(
                Locale.ROOT,
                "%s %d:%d %s, %.1f GiB: %s",
                backend.getName(),
                b,
                d,
                describe(target(device)),
                target(device).getDeviceGlobalMemorySize() / 0x1p30,
                error(device)));
      }
    }
    return lines;
  }

  /** What is wrong with a device's product, or that nothing is. */
  private static String error(TornadoDevice device) {
    var a = new FloatArray(SIDE * SIDE);
    var b = new FloatArray(SIDE * SIDE);
    var c = new FloatArray(SIDE * SIDE);
    for (int i = 0; i < SIDE * SIDE; i++) {
      a.set(i, i % 7 - 3);
      b.set(i, i % 5 - 2);
      c.set(i, Float.NaN);
    }
    TaskGraph graph =
        new TaskGraph("test")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, a, b, c)
            .task(
                "product",
                MatmulKernels::plain,
                new KernelContext(),
                a,
                0,
                b,
                0,
                c,
                0,
                SIDE,
                SIDE,
                SIDE,
                0)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, c);
    var scheduler = new GridScheduler("test.product", MatmulKernels.grid(SIDE, SIDE));
    try (var plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.withDevice(device).withGridScheduler(scheduler).execute();
    } catch (TornadoExecutionPlanException | RuntimeException e) {
      return "a kernel does not run: " + e.getMessage();
    }
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        float sum = 0; // whole numbers, so exact in any order
        for (int i = 0; i < SIDE; i++) {
          sum += a.get(row * SIDE + i) * b.get(i * SIDE + column);
        }
        if (c.get(row * SIDE + column) != sum) {
          return "a product is wrong: %s instead of %s".formatted(c.get(row * SIDE + column), sum);
        }
      }
    }
    return RIGHT;
  }

  private static TornadoTargetDevice target(TornadoDevice device) {
    return device.getPhysicalDevice();
  }

  private static String describe(TornadoTargetDevice device) {
    return device.getDeviceName().strip();
  }

  /** Prints {@link #test}, for `swax doctor`. */
  public static void main(String[] arguments) {
    test().forEach(line -> System.out.println(LINE + line));
  }
}
