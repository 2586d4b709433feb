package dev.swax.runtime.kernel.gla;

import dev.swax.runtime.kernel.matrix.DecayingRowsTest;
import dev.swax.runtime.kernel.matrix.ScalarMatrix;
import dev.swax.runtime.kernel.matrix.VectorMatrix;
import dev.swax.runtime.kernel.team.Team;
import java.util.List;

class VectorGlaTest extends DecayingRowsTest {
  @Override
  protected List<GlaShape> shapes(int keyWidth, int valueWidth) {
    return List.of(new GlaShape(2, keyWidth, valueWidth, (float) (1 / Math.sqrt(keyWidth))));
  }

  @Override
  protected ScalarMatrix scalar() {
    return new ScalarGla();
  }

  @Override
  protected VectorMatrix vector(Team team) {
    return new VectorGla(team);
  }
}
