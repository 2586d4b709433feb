package dev.swax.runtime.kernel.gla;

import dev.swax.runtime.kernel.matrix.DecayingRowsTest;
import dev.swax.runtime.kernel.matrix.ScalarMatrix;
import java.util.List;

class VectorGlaTest extends DecayingRowsTest {
  VectorGlaTest() {
    super(VectorGla::new);
  }

  @Override
  protected List<GlaShape> shapes(int keyWidth, int valueWidth) {
    return List.of(new GlaShape(2, keyWidth, valueWidth, (float) (1 / Math.sqrt(keyWidth))));
  }

  @Override
  protected ScalarMatrix scalar() {
    return new ScalarGla();
  }
}
