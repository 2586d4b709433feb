package dev.swax.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nrun.seed = 9",
        "a\r\nrun.seed = 9",
        "\u0085\u2028\u2029\u000b\f",
        "C:\\new\\{202E}",
        "\u202eright to left\u200f",
        "\ud800 alone",
        "größe = 模型 😀",
        " = ",
        "",
        " kept ",
      })
  void aValueStaysOnItsLineAndIsReadAsItWas(String value) {
    String text = ConfigText.write(values("run.column", value));
    assertThat(text.lines()).hasSize(2);
    assertThat(text).doesNotContain("\u2028", "\u0085", "\u202e", "\f");
    assertThat(ConfigText.read(text, "config.txt")).isEqualTo(values("run.column", value));
  }

  @Test
  void thoseOfAnOlderSwaxAreReadAsTheyAre() {
    assertThat(ConfigText.read("run.file = C:\\new\nsteps = 4\n", "config.txt"))
        .isEqualTo(Map.of("run.file", "C:\\new", "steps", "4"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\", "\\q", "\\{", "\\{}", "\\{110000}", "\\{zz}", "\\{202E"})
  void whatCannotBeReadIsRefused(String value) {
    fails(
        "config.escapes = yes\nrun.file = " + value + "\n",
        "line 2 has an unknown escape after `\\`");
  }

  @Test
  void aValueStandsThereOnce() {
    fails("run.seed = 1\nrun.seed = 9\n", "config.txt says `run.seed` twice, again on line 2");
  }

  private static void fails(String text, String message) {
    assertThatThrownBy(() -> ConfigText.read(text, "config.txt"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }

  private static SequencedMap<String, String> values(String path, String value) {
    SequencedMap<String, String> values = new LinkedHashMap<>();
    values.put(path, value);
    return values;
  }
}
