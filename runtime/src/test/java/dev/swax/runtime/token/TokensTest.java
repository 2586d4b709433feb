package dev.swax.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.Hashes;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {
  @ParameterizedTest
  @CsvSource({"2, 1", "256, 1", "257, 2", "65536, 2", "65537, 4", "200000, 4"})
  void everyVocabularyIsKeptInAsLittleAsItNeeds(int vocabulary, int width) {
    assertThat(Tokens.width(vocabulary)).isEqualTo(width);
    int[] ids = new SplittableRandom(vocabulary).ints(100, 0, vocabulary).toArray();
    ids[40] = vocabulary - 1;
    Tokens tokens = Tokens.of(ids, vocabulary);
    assertThat(tokens.length()).isEqualTo(100);
    int[] copy = new int[12];
    tokens.copy(35, 10, copy, 1);
    for (int i = 0; i < 10; i++) {
      assertThat(copy[i + 1]).isEqualTo(ids[35 + i]).isEqualTo(tokens.at(35 + i));
    }
    Tokens first = tokens.first(41);
    assertThat(first.length()).isEqualTo(41);
    assertThat(first.at(40)).isEqualTo(vocabulary - 1);
    assertThat(hash(first)).isEqualTo(hash(Tokens.of(Arrays.copyOf(ids, 41), vocabulary)));
    ids[40]--;
    assertThat(hash(first)).isNotEqualTo(hash(Tokens.of(Arrays.copyOf(ids, 41), vocabulary)));
  }

  private static byte[] hash(Tokens tokens) {
    var digest = Hashes.sha256();
    tokens.digest(digest);
    return digest.digest();
  }
}
