package dev.swax.runtime.kernel.row;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowPartitionTest {

  /** Fewer rows may make more parts, and buffers are allocated once. */
  @Test
  void roomForTheMostPartsIsRoomForFewerRows() {
    int most = 0;
    for (int rows = 0; rows < 5000; rows++) {
      most = Math.max(most, RowPartition.parts(rows));
      assertThat(RowPartition.mostParts(rows)).as("%d rows", rows).isEqualTo(most);
    }
    assertThat(RowPartition.parts(1100)).isEqualTo(35);
    assertThat(RowPartition.parts(1000)).isEqualTo(63);
  }
}
