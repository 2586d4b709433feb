package dev.swax.compiler.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayerPatternTest {
  private static List<String> fold(String layers) {
    return LayerPattern.fold(List.of(layers.split(" ")));
  }

  @Test
  void aTileIsNamedOnce() {
    assertThat(fold("m l m l m l m l")).containsExactly("4 × [m, l]");
  }

  @Test
  void tilesFoldInside() {
    assertThat(fold("l l l f l l l f")).containsExactly("2 × [3 × l, f]");
  }

  @Test
  void whatIsLeftOverStandsBehind() {
    assertThat(fold("l l l l l f l l l l l f l l")).containsExactly("2 × [5 × l, f]", "2 × l");
  }

  @Test
  void nothingRepeated() {
    assertThat(fold("a b c")).containsExactly("a", "b", "c");
    assertThat(fold("a")).containsExactly("a");
  }
}
