package dev.swax.runtime.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The known answers that come with the authors' Random123. */
class PhiloxTest {

  @Test
  void zeros() {
    assertThat(block(0, 0, 0)).containsExactly(0xe169c58d6627e8d5L, 0x9b00dbd8bc57ac4cL);
  }

  @Test
  void ones() {
    assertThat(block(-1, -1, -1)).containsExactly(0x41c83b0e408f276dL, 0x6d5451fda20bc7c6L);
  }

  @Test
  void digitsOfPi() {
    assertThat(block(0x299f31d0a4093822L, 0x85a308d3243f6a88L, 0x0370734413198a2eL))
        .containsExactly(0x94fdccebd16cfe09L, 0x24126ea15001e420L);
  }

  private static long[] block(long key, long low, long high) {
    long[] out = new long[2];
    Philox.block(key, low, high, out);
    return out;
  }
}
