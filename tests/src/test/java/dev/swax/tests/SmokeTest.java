package dev.swax.tests;

import static org.assertj.core.api.Assertions.assertThat;

import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class SmokeTest {
  @Test
  void vectors() {
    assertThat(FloatVector.SPECIES_PREFERRED.length()).isPositive();
    System.out.println(FloatVector.SPECIES_PREFERRED + " " + System.getProperty("java.version"));
  }
}
