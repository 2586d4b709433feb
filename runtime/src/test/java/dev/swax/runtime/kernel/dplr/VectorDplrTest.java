package dev.swax.runtime.kernel.dplr;

import dev.swax.runtime.kernel.matrix.DecayingRowsTest;
import dev.swax.runtime.kernel.matrix.ScalarMatrix;
import dev.swax.runtime.kernel.matrix.VectorMatrix;
import dev.swax.runtime.kernel.team.Team;
import java.util.List;

class VectorDplrTest extends DecayingRowsTest {
  @Override
  protected List<DplrShape> shapes(int keyWidth, int valueWidth) {
    return List.of(new DplrShape(2, keyWidth, valueWidth, (float) (1 / Math.sqrt(keyWidth))));
  }

  @Override
  protected ScalarMatrix scalar() {
    return new ScalarDplr();
  }

  @Override
  protected VectorMatrix vector(Team team) {
    return new VectorDplr(team);
  }
}
