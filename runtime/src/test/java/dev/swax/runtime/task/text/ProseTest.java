package dev.swax.runtime.task.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProseTest {
  private static final List<String> SENTENCES =
      IntStream.range(0, 20_000).mapToObj(new Prose(1)::sentence).toList();

  @Test
  void nearlyAllSentencesDiffer() {
    assertThat(SENTENCES.stream().distinct().count()).isGreaterThan(19_000);
  }

  @Test
  void sentencesArePlain() {
    assertThat(SENTENCES)
        .allMatch(sentence -> sentence.matches("[\"A-Z][A-Za-z ,.\"'-]*\\."))
        .noneMatch(sentence -> sentence.contains("  "));
  }

  @Test
  void aSentenceDependsOnSeedAndIndexAlone() {
    assertThat(new Prose(1).sentence(777)).isEqualTo(SENTENCES.get(777));
    assertThat(new Prose(2).sentence(777)).isNotEqualTo(SENTENCES.get(777));
  }

  @Test
  void nothingInItIsALabelOfTheFactTasksOrSpeaksOfMagic() {
    assertThat(SENTENCES)
        .noneMatch(sentence ->
            sentence.matches(
                ".*\\b(magic|bedroom|kitchen|garden|hallway|bathroom|office|apple|football|milk"
                    + "|Bill|Fred|Jeff|Mary|John|Sandra|Daniel)\\b.*"));
  }
}
