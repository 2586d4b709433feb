package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.ClassName;

/** Classes that generated code names; the compiler itself does without them. */
final class DeviceNames {
  private static final String API = "uk.ac.manchester.tornado.api";
  private static final String KERNELS = "dev.swax.tornado.kernel";

  static final ClassName TASK_GRAPH = ClassName.get(API, "TaskGraph");
  static final ClassName KERNEL_CONTEXT = ClassName.get(API, "KernelContext");
  static final ClassName FLOAT_ARRAY = ClassName.get(API + ".types.arrays", "FloatArray");
  static final ClassName INT_ARRAY = ClassName.get(API + ".types.arrays", "IntArray");
  static final ClassName FLOAT_MATH = ClassName.get(API + ".math", "TornadoMath");

  static final ClassName SHORT_ARRAY = ClassName.get(API + ".types.arrays", "ShortArray");
  static final ClassName PRODUCT = ClassName.get("dev.swax.tornado.cublas", "Product");
  static final ClassName PRECISION = ClassName.get("dev.swax.tornado.cublas", "Precision");

  static final ClassName PROGRAM = ClassName.get("dev.swax.tornado", "TornadoProgram");
  static final ClassName BLOCK = ClassName.get("dev.swax.tornado", "DeviceBlock");
  static final ClassName SIZES = ClassName.get("dev.swax.tornado", "DeviceSizes");
  static final ClassName ARRAYS = ClassName.get("dev.swax.tornado", "DeviceArrays");
  static final ClassName OPTIMIZER = ClassName.get("dev.swax.tornado", "DeviceOptimizer");

  private DeviceNames() {}

  /** A class of hand-written kernels. */
  static ClassName kernels(String name) {
    return ClassName.get(KERNELS, name);
  }
}
