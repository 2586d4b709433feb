package dev.swax.grid.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times and options as Slurm takes them. */
class SlurmRequestTest {

  @ParameterizedTest
  @CsvSource({
    "90, 5400, 1:30:00",
    "90:30, 5430, 1:30:30",
    "1:30:00, 5400, 1:30:00",
    "2-12, 216000, 2-12:00:00",
    "2-12:30, 217800, 2-12:30:00",
    "1-00:00:05, 86405, 1-0:00:05",
  })
  void timesAreReadAsSlurmReadsThem(String text, long seconds, String written) {
    Duration time = SlurmTime.parse(text);
    assertThat(time).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(SlurmTime.write(time)).isEqualTo(written);
    assertThat(SlurmTime.parse(written)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1h", "-5", "1:2:3:4", "1-", "99999999999", "UNLIMITED"})
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> SlurmTime.parse(text))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("`--time " + text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"output=x", "array=1-3", "Comment=a", "comment=\"a\"", "comment=a\nb", "=x"})
  void whatWouldBreakTheScriptIsRefused(String option) {
    assertThatThrownBy(() -> request(null, option))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("`--slurm " + option);
  }

  @Test
  void otherOptionsAreLinesOfTheScript() {
    assertThat(request(null, "partition=cpu", "exclusive", "comment=two words").lines())
        .endsWith("--partition=cpu", "--exclusive", "--comment=\"two words\"");
  }

  @Test
  void aTaskIsToldInTimeToSave() {
    assertThat(request(null).lead()).hasMinutes(2);
    assertThat(request(Duration.ofHours(1)).lead()).hasMinutes(2);
    assertThat(request(Duration.ofMinutes(4)).lead()).hasMinutes(1);
    assertThatThrownBy(() -> request(Duration.ofMinutes(1)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("0:01:00 is too short");
  }

  private static SlurmRequest request(@Nullable Duration time, String... options) {
    return new SlurmRequest(0, 1, 512, time, false, List.of(options));
  }
}
