package dev.swax.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** A rehearsal whose commands fail would leave a build without caches, and nobody would notice. */
class RehearsalTest {
  @Test
  void itsFileIsReadWithoutAFault() {
    assertThatCode(() -> Rehearsal.main(new String[] {"looking"})).doesNotThrowAnyException();
  }
}
