package dev.swax.runtime.kernel.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.kernel.row.RowPartition;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyPartRunsOnce(int threads) {
    try (var team = new Team(threads)) {
      for (int round = 0; round < 2_000; round++) {
        var runs = new AtomicIntegerArray(round % 40);
        team.run(runs::incrementAndGet, runs.length());
        for (int part = 0; part < runs.length(); part++) {
          assertThat(runs.get(part)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void parkedThreadsWakeUp() {
    try (var team = new Team(3)) {
      var runs = new AtomicInteger();
      for (int round = 0; round < 20; round++) {
        LockSupport.parkNanos(5_000_000);
        team.run(_ -> runs.incrementAndGet(), 10);
      }
      assertThat(runs).hasValue(200);
    }
  }

  @Test
  void whatThePartsWroteIsSeenAfterwards() {
    try (var team = new Team(4)) {
      int[] values = new int[1000];
      for (int round = 1; round <= 500; round++) {
        int written = round;
        team.run(part -> values[part] = written, values.length);
        assertThat(values).containsOnly(written);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void theFirstExceptionIsThrown(int threads) {
    try (var team = new Team(threads)) {
      Task failing =
          part -> {
            if (part == 3) {
              throw new IllegalArgumentException("part 3");
            }
          };
      assertThatThrownBy(() -> team.run(failing, 10)).hasMessage("part 3");
      var runs = new AtomicInteger();
      team.run(_ -> runs.incrementAndGet(), 10);
      assertThat(runs).hasValue(10);
    }
  }

  @Test
  void aPartMayRunAJobInPlace() {
    try (var team = new Team(3)) {
      var runs = new AtomicInteger();
      team.run(_ -> team.run(_ -> runs.incrementAndGet(), 5), 7);
      assertThat(runs).hasValue(35);
    }
  }

  @Test
  void workersAreNumbered() {
    try (var team = new Team(4)) {
      var seen = new AtomicIntegerArray(4);
      team.run(_ -> seen.incrementAndGet(team.worker()), 100);
      int sum = 0;
      for (int i = 0; i < 4; i++) {
        sum += seen.get(i);
      }
      assertThat(sum).isEqualTo(100);
      assertThat(team.worker()).isZero();
    }
  }

  @Test
  void aTeamNeedsAThread() {
    assertThatThrownBy(() -> new Team(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rowsAreCutTheSameWayForAnyTeam() {
    for (int rows : new int[] {0, 1, 15, 16, 17, 100, 1000, 1025, 8192, 100_000}) {
      try (var team = new Team(2)) {
        var seen = new AtomicIntegerArray(rows);
        new RowPartition(team)
            .run(
                rows,
                (part, from, to) -> {
                  assertThat(from).isEqualTo(part * RowPartition.rowsPerPart(rows));
                  for (int row = from; row < to; row++) {
                    seen.incrementAndGet(row);
                  }
                });
        for (int row = 0; row < rows; row++) {
          assertThat(seen.get(row)).isEqualTo(1);
        }
      }
      assertThat(RowPartition.parts(rows)).isLessThanOrEqualTo(64);
    }
  }
}
