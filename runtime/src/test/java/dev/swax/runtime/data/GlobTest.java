package dev.swax.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
    "a**/z, a/z, true",
    "a**/z, ab/c/z, true",
    "a**/z, az, false",
    "**/**/z, z, true",
    "****, a/b, true",
    "***/z, a/z, true",
    "*a*b, xaayb, true",
    "*a*b, xaay, false",
    "**/a/**, b/a/c/d, true",
    "**/a/**, a, false",
    "?, \uD83D\uDE00, true",
  })
  void matches(String glob, String path, boolean expected) {
    assertThat(new Glob(glob).matches(path)).isEqualTo(expected);
  }

  @Test
  @Timeout(10)
  void noPatternIsTriedTwice() {
    String deep = "a/".repeat(2_000) + "b";
    assertThat(new Glob("**/".repeat(60) + "z").matches(deep)).isFalse();
    assertThat(new Glob("*".repeat(5_000) + "z").matches(deep)).isFalse();
    assertThat(new Glob("**a".repeat(60) + "z").matches(deep)).isFalse();
    assertThat(new Glob("*a".repeat(60) + "z").matches("a".repeat(4_000))).isFalse();
  }

  @Test
  void aFolderThatCannotHoldAMatchIsKnown() {
    var glob = new Glob("src/*/A.java");
    assertThat(glob.after(glob.start(), "src/main/").isEmpty()).isFalse();
    assertThat(glob.after(glob.start(), "test/").isEmpty()).isTrue();
    assertThat(glob.after(glob.start(), "src/main/java/").isEmpty()).isTrue();
  }
}
