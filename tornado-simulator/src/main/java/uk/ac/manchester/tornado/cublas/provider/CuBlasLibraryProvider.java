package uk.ac.manchester.tornado.cublas.provider;

import uk.ac.manchester.tornado.api.SimulatedMemory;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.cublas.CuBlasOptions;
import uk.ac.manchester.tornado.cublas.enums.CuBlasMathMode;
import uk.ac.manchester.tornado.runtime.common.TornadoXPUDevice;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryContext;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryInvocation;
import uk.ac.manchester.tornado.runtime.library.spi.TornadoLibraryProvider;

/**
 * The products of cuBLAS on the simulated device, matrices by columns as there, with the rounding
 * of each way to multiply. Arguments: two operations, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc.
 */
public final class CuBlasLibraryProvider implements TornadoLibraryProvider {
  private static final int ARGUMENTS = 13;

  private record Context() implements LibraryContext {}

  @Override
  public String libraryName() {
    return "nvidia/cublas";
  }

  @Override
  public boolean canHandle(TornadoXPUDevice device) {
    return true;
  }

  @Override
  public LibraryContext createContext(TornadoXPUDevice device, long executionPlanId) {
    return new Context();
  }

  @Override
  public void prepare(LibraryTaskDescriptor descriptor, LibraryContext context) {}

  @Override
  public void dispatch(String functionName, LibraryInvocation call) {
    if (!(call.getContext() instanceof Context)) {
      throw new TornadoRuntimeException(functionName + " has a context of another library");
    }
    if (call.getNumArgs() != ARGUMENTS) {
      throw new TornadoRuntimeException(
          "%s has %d arguments, not %d".formatted(functionName, call.getNumArgs(), ARGUMENTS));
    }
    switch (functionName) {
      case "cublasSgemm" -> product(call, tf32(call) ? Element.TF32 : Element.FP32);
      case "cublasGemmExBF16" -> product(call, Element.BF16);
      default -> throw new TornadoRuntimeException("cuBLAS is not simulated: " + functionName);
    }
  }

  @Override
  public void destroyContext(LibraryContext context) {}

  private static boolean tf32(LibraryInvocation call) {
    return call.getTuning() instanceof CuBlasOptions options
        && options.getMathMode() == CuBlasMathMode.CUBLAS_TF32_TENSOR_OP_MATH;
  }

  private static void product(LibraryInvocation call, Element number) {
    boolean aTurned = (int) call.getArg(0) == 1;
    boolean bTurned = (int) call.getArg(1) == 1;
    int m = (int) call.getArg(2);
    int n = (int) call.getArg(3);
    int k = (int) call.getArg(4);
    float alpha = (float) call.getArg(5);
    float beta = (float) call.getArg(10);
    var a = new Matrix(call.getDevicePointer(6), (int) call.getArg(7), number);
    var b = new Matrix(call.getDevicePointer(8), (int) call.getArg(9), number);
    var c = new Matrix(call.getDevicePointer(11), (int) call.getArg(12), number);
    a.require(aTurned ? k : m);
    b.require(bTurned ? n : k);
    c.require(m);
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m; i++) {
        float sum = 0;
        for (int p = 0; p < k; p++) {
          float left = aTurned ? a.factor(p, i) : a.factor(i, p);
          float right = bTurned ? b.factor(j, p) : b.factor(p, j);
          sum += left * right;
        }
        c.set(i, j, alpha * sum + (beta == 0 ? 0 : beta * c.get(i, j)));
      }
    }
  }

  /** How matrices are stored and their elements rounded before they are multiplied. */
  private enum Element {
    FP32(Float.BYTES, 0),
    TF32(Float.BYTES, 13),
    BF16(Short.BYTES, 16);

    private final int bytes;
    private final int droppedBits;

    Element(int bytes, int droppedBits) {
      this.bytes = bytes;
      this.droppedBits = droppedBits;
    }

    /** To the nearest, ties to even. */
    float round(float value) {
      if (droppedBits == 0 || !Float.isFinite(value)) {
        return value;
      }
      int bits = Float.floatToRawIntBits(value);
      int half = (1 << (droppedBits - 1)) - 1 + ((bits >> droppedBits) & 1);
      return Float.intBitsToFloat((bits + half) >> droppedBits << droppedBits);
    }
  }

  /** A matrix by columns, {@code leading} elements apart. */
  private record Matrix(long pointer, int leading, Element number) {
    void require(int rows) {
      if (leading < Math.max(1, rows)) {
        throw new TornadoRuntimeException(
            "columns of %d rows cannot be %d apart".formatted(rows, leading));
      }
    }

    private long at(int row, int column) {
      return pointer + ((long) column * leading + row) * number.bytes;
    }

    float factor(int row, int column) {
      return number.round(get(row, column));
    }

    float get(int row, int column) {
      return number == Element.BF16
          ? Float.intBitsToFloat(SimulatedMemory.getShort(at(row, column)) << 16)
          : SimulatedMemory.getFloat(at(row, column));
    }

    void set(int row, int column, float value) {
      if (number == Element.BF16) {
        short bits = (short) (Float.floatToRawIntBits(number.round(value)) >> 16);
        SimulatedMemory.setShort(at(row, column), bits);
      } else {
        SimulatedMemory.setFloat(at(row, column), value);
      }
    }
  }
}
