package dev.swax.benchmarks.libtorch;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Lets go of intermediate tensors as soon as a function returns, as C++ and Python do; what
 * autograd needs, it holds itself.
 */
final class Scopes {
  private Scopes() {}

  /** The function's result, which alone outlives it. */
  static Tensor keepOnly(Supplier<Tensor> function) {
    PointerScope outer = PointerScope.getInnerScope();
    try (var scope = new PointerScope()) {
      Tensor result = function.get();
      if (outer == null) {
        scope.detach(result);
      } else {
        outer.attach(result);
      }
      return result;
    }
  }
}
