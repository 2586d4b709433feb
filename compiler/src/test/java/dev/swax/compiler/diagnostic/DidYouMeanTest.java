package dev.swax.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DidYouMeanTest {

  @Test
  void distanceCountsEditsAndSwaps() {
    assertThat(DidYouMean.distance("", "")).isZero();
    assertThat(DidYouMean.distance("model", "model")).isZero();
    assertThat(DidYouMean.distance("model", "")).isEqualTo(5);
    assertThat(DidYouMean.distance("modle", "model")).isEqualTo(1);
    assertThat(DidYouMean.distance("mdel", "model")).isEqualTo(1);
    assertThat(DidYouMean.distance("moddel", "model")).isEqualTo(1);
    assertThat(DidYouMean.distance("modal", "model")).isEqualTo(1);
    assertThat(DidYouMean.distance("kitten", "sitting")).isEqualTo(3);
  }

  @Test
  void theNearestWins() {
    assertThat(DidYouMean.nearest("trian", List.of("train", "trial"))).contains("train");
    assertThat(DidYouMean.nearest("heds", List.of("seeds", "heads"))).contains("heads");
  }

  @Test
  void ofEquallyNearTheFirstWins() {
    assertThat(DidYouMean.nearest("bat", List.of("cat", "hat"))).contains("cat");
  }

  @Test
  void somethingQuiteDifferentIsNotMeant() {
    assertThat(DidYouMean.nearest("width", List.of("blocks", "vocab"))).isEmpty();
    assertThat(DidYouMean.nearest("ab", List.of("cd"))).isEmpty();
    assertThat(DidYouMean.nearest("", List.of("cd"))).isEmpty();
  }
}
