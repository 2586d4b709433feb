package dev.swax.runtime.task.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LongestFitTest {
  @Test
  void findsTheLargestThatFits() {
    for (int least = 0; least < 5; least++) {
      for (int largest = least; largest < 70; largest++) {
        int limit = largest;
        assertThat(LongestFit.find(least, n -> n <= limit)).hasValue(largest);
      }
    }
  }

  @Test
  void nothingFitsWhereTheLeastDoesNot() {
    assertThat(LongestFit.find(3, n -> n < 3)).isEmpty();
  }
}
