package dev.swax.runtime.task.text.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PassAtKTest {
  /** Counts the choices of k out of n, each a set of bits, that hold a passing sample. */
  @Test
  void isTheShareOfChoicesWithAPassingSample() {
    for (int n = 1; n <= 8; n++) {
      for (int c = 0; c <= n; c++) {
        for (int k = 1; k <= n; k++) {
          int choices = 0;
          int good = 0;
          for (int set = 0; set < 1 << n; set++) {
            if (Integer.bitCount(set) == k) {
              choices++;
              good += (set & ((1 << c) - 1)) != 0 ? 1 : 0;
            }
          }
          assertThat(PassAtK.estimate(n, c, k))
              .as("pass@%d of %d/%d", k, c, n)
              .isCloseTo((double) good / choices, within(1e-14));
        }
      }
    }
  }
}
