package dev.swax.runtime.kernel.dplr;

import dev.swax.runtime.kernel.matrix.DecayingRowsTest;
import dev.swax.runtime.kernel.matrix.ScalarMatrix;
import java.util.List;

class VectorDplrTest extends DecayingRowsTest {
  VectorDplrTest() {
    super(VectorDplr::new);
  }

  @Override
  protected List<DplrShape> shapes(int keyWidth, int valueWidth) {
    return List.of(new DplrShape(2, keyWidth, valueWidth, (float) (1 / Math.sqrt(keyWidth))));
  }

  @Override
  protected ScalarMatrix scalar() {
    return new ScalarDplr();
  }
}
