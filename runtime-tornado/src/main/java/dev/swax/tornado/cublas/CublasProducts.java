package dev.swax.tornado.cublas;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.cublas.CuBlasOptions;
import uk.ac.manchester.tornado.cublas.enums.CuBlasMathMode;
import uk.ac.manchester.tornado.cublas.enums.CuBlasOperation;
import uk.ac.manchester.tornado.cublas.provider.CuBlasLibraryProvider;
import uk.ac.manchester.tornado.runtime.common.TornadoXPUDevice;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryContext;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryInvocation;
import uk.ac.manchester.tornado.runtime.library.spi.TornadoLibraryProvider;

/**
 * Runs {@link ProductTask}s through TornadoVM's cuBLAS: adds to each array's address where the
 * matrix begins in it. cuBLAS has matrices by columns; a matrix by rows is its transpose there, and
 * {@code cᵀ = bᵀ aᵀ}.
 */
public final class CublasProducts implements TornadoLibraryProvider {
  static final String LIBRARY = "swax/cublas";

  private static final int ARGUMENTS = 13;
  private static final int A = 6;
  private static final int B = 8;
  private static final int C = 11;

  private final TornadoLibraryProvider cublas = new CuBlasLibraryProvider();

  @Override
  public String libraryName() {
    return LIBRARY;
  }

  @Override
  public boolean canHandle(TornadoXPUDevice device) {
    return cublas.canHandle(device);
  }

  @Override
  public LibraryContext createContext(TornadoXPUDevice device, long executionPlanId) {
    return cublas.createContext(device, executionPlanId);
  }

  @Override
  public void prepare(LibraryTaskDescriptor descriptor, LibraryContext context) {
    cublas.prepare(descriptor, context);
  }

  @Override
  public void destroyContext(LibraryContext context) {
    cublas.destroyContext(context);
  }

  @Override
  public void dispatch(String functionName, LibraryInvocation call) {
    ProductTask task = (ProductTask) Objects.requireNonNull(call.getTuning());
    Product product = task.source().of((IntArray) call.getArg(0));
    if (!product.isEmpty()) {
      cublas.dispatch(function(task.precision()), invocation(call, task, product));
    }
  }

  private static String function(Precision precision) {
    return switch (precision) {
      case FP32, TF32 -> "cublasSgemm";
      case BF16 -> "cublasGemmExBF16";
    };
  }

  private static @Nullable Object tuning(Precision precision) {
    return switch (precision) {
      case FP32, BF16 -> null;
      case TF32 -> new CuBlasOptions().withMathMode(CuBlasMathMode.CUBLAS_TF32_TENSOR_OP_MATH);
    };
  }

  private static LibraryInvocation invocation(
      LibraryInvocation call, ProductTask task, Product product) {
    Object[] arguments = {
      operation(product.rightTurned()),
      operation(product.leftTurned()),
      product.n(),
      product.m(),
      product.k(),
      1f,
      call.getArg(task.b()),
      product.rightTurned() ? product.k() : product.n(),
      call.getArg(task.a()),
      product.leftTurned() ? product.m() : product.k(),
      product.accumulate() ? 1f : 0f,
      call.getArg(task.c()),
      product.n()
    };
    int bytes = task.precision() == Precision.BF16 ? Short.BYTES : Float.BYTES;
    var pointers = new long[ARGUMENTS];
    pointers[A] = call.getDevicePointer(task.b()) + (long) product.bAt() * bytes;
    pointers[B] = call.getDevicePointer(task.a()) + (long) product.aAt() * bytes;
    pointers[C] = call.getDevicePointer(task.c()) + (long) product.cAt() * bytes;
    var references = new boolean[ARGUMENTS];
    references[A] = true;
    references[B] = true;
    references[C] = true;
    return new LibraryInvocation(
        arguments,
        pointers,
        references,
        call.getDevice(),
        call.getExecutionPlanId(),
        call.getContext(),
        tuning(task.precision()));
  }

  private static int operation(boolean turned) {
    return (turned ? CuBlasOperation.CUBLAS_OP_T : CuBlasOperation.CUBLAS_OP_N).operation();
  }
}
