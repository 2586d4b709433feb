package dev.swax.tornado.cublas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * A product as a task of a graph. A task of TornadoVM's own cuBLAS multiplies whole arrays; this
 * one finds its matrices where {@code control} says when it runs, so that layers share arrays.
 *
 * @param arrays {@code control} and those of the matrices, each once
 * @param a position of a's array among them
 */
public record ProductTask(
    Precision precision,
    Product.Source source,
    List<TornadoNativeArray> arrays,
    int a,
    int b,
    int c) {

  public ProductTask {
    arrays = List.copyOf(arrays);
  }

  /** The task for matrices in these arrays, two or all of which may be the same. */
  public static ProductTask of(
      Precision precision,
      Product.Source source,
      IntArray control,
      TornadoNativeArray a,
      TornadoNativeArray b,
      TornadoNativeArray c) {
    var arrays = new ArrayList<TornadoNativeArray>();
    arrays.add(control);
    int[] positions = {position(a, arrays), position(b, arrays), position(c, arrays)};
    return new ProductTask(precision, source, arrays, positions[0], positions[1], positions[2]);
  }

  private static int position(TornadoNativeArray array, List<TornadoNativeArray> arrays) {
    for (int i = 0; i < arrays.size(); i++) {
      if (arrays.get(i) == array) {
        return i;
      }
    }
    arrays.add(array);
    return arrays.size() - 1;
  }

  /** What TornadoVM is told. It reads all of c's array, since the product is only a part of it. */
  public LibraryTaskDescriptor descriptor() {
    var access = new Access[arrays.size()];
    Arrays.fill(access, Access.READ_ONLY);
    access[c] = Access.READ_WRITE;
    return new LibraryTaskDescriptor()
        .withLibrary(CublasProducts.LIBRARY)
        .withFunction(precision.name())
        .withParameters(arrays.toArray())
        .withAccess(access)
        .withTuning(this);
  }
}
