package dev.swax.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScratchAllocatorTest {
  private final ScratchAllocator scratch = new ScratchAllocator();

  @Test
  void valuesThatLiveTogetherLieBesideEachOther() {
    assertThat(scratch.take(8, 5)).isZero();
    assertThat(scratch.take(4, 5)).isEqualTo(8);
    assertThat(scratch.widest()).isEqualTo(12);
  }

  @Test
  void theFirstGapThatIsWideEnoughIsTaken() {
    scratch.take(4, 1);
    scratch.take(4, 9);
    scratch.release(1);
    assertThat(scratch.take(5, 9)).isEqualTo(8);
    assertThat(scratch.take(3, 9)).isZero();
    assertThat(scratch.widest()).isEqualTo(13);
  }

  @Test
  void aValueKeepsItsPlaceUntilItsLastReaderHasRun() {
    scratch.take(8, 3);
    scratch.release(2);
    assertThat(scratch.take(8, 4)).isEqualTo(8);
    scratch.release(3);
    assertThat(scratch.take(8, 4)).isZero();
  }
}
