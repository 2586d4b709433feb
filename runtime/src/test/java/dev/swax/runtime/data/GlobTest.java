package dev.swax.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource({
    "*.txt, a.txt, true",
    "*.txt, a/b.txt, false",
    "*.txt, atxt, false",
    "**/*.java, A.java, true",
    "**/*.java, a/b/A.java, true",
    "**/*.java, a/b/A.javac, false",
    "**, a/b/c, true",
    "a/**, a/b/c, true",
    "a/**, b/a/c, false",
    "?.txt, a.txt, true",
    "?.txt, ab.txt, false",
    "a(1)+.txt, a(1)+.txt, true",
    "a/**/z, a/z, true",
    "a/**/z, a/b/c/z, true",
  })
  void matches(String glob, String path, boolean expected) {
    assertThat(new Glob(glob).matches(path)).isEqualTo(expected);
  }
}
