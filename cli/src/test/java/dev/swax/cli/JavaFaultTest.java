package dev.swax.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaFaultTest {
  @ParameterizedTest
  @ValueSource(strings = {"25", "25+36", "25.0.1", "25.0.2+10"})
  void theFirstReleasesCorruptPinnedArrays(String version) {
    JavaFault fault = JavaFault.find(Runtime.Version.parse(version), true).orElseThrow();
    assertThat(fault.harmful()).isTrue();
    assertThat(fault.text()).contains("JDK-8377811", version, "25.0.3 and newer");
    assertThat(JavaFault.find(Runtime.Version.parse(version), false).orElseThrow().harmful())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"25.0.3", "25.0.4+1", "26", "26.0.1"})
  void laterOnesDoNot(String version) {
    assertThat(JavaFault.find(Runtime.Version.parse(version), true)).isEmpty();
  }

  @Test
  void thisOneIsLookedAt() {
    assertThat(JavaFault.find().isPresent())
        .isEqualTo(JavaFault.find(Runtime.version(), false).isPresent());
  }
}
