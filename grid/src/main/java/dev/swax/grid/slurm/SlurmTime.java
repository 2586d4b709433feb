package dev.swax.grid.slurm;

import dev.swax.runtime.UserError;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as Slurm writes them: {@code 90}, {@code 1:30:00}, {@code 2-12}, {@code 2-12:30:00}. */
public final class SlurmTime {
  private static final Pattern DAYS =
      Pattern.compile("(\\d{1,4})-(\\d{1,4})(?::(\\d{1,4}))?(?::(\\d{1,4}))?");
  private static final Pattern HOURS = Pattern.compile("(\\d{1,5}):(\\d{1,4}):(\\d{1,4})");
  private static final Pattern MINUTES = Pattern.compile("(\\d{1,7})(?::(\\d{1,4}))?");

  private SlurmTime() {}

  /** What was typed as a time limit. */
  public static Duration parse(String text) {
    Matcher days = DAYS.matcher(text);
    Matcher hours = HOURS.matcher(text);
    Matcher minutes = MINUTES.matcher(text);
    if (days.matches()) {
      return time(part(days, 1), part(days, 2), part(days, 3), part(days, 4));
    }
    if (hours.matches()) {
      return time(0, part(hours, 1), part(hours, 2), part(hours, 3));
    }
    if (minutes.matches()) {
      return time(0, 0, part(minutes, 1), part(minutes, 2));
    }
    throw new UserError(
        "`--time %s` is no time of Slurm".formatted(text),
        "minutes, hours:minutes:seconds or days-hours: `--time 90`, `--time 1:30:00`, `--time 2-12`");
  }

  private static long part(Matcher matcher, int group) {
    String text = matcher.group(group);
    return text == null ? 0 : Long.parseLong(text);
  }

  private static Duration time(long days, long hours, long minutes, long seconds) {
    return Duration.ofDays(days).plusHours(hours).plusMinutes(minutes).plusSeconds(seconds);
  }

  /** {@code 1:30:00}, {@code 2-12:00:00}. */
  public static String write(Duration time) {
    String clock =
        String.format(
            Locale.ROOT,
            "%d:%02d:%02d",
            time.toHoursPart(),
            time.toMinutesPart(),
            time.toSecondsPart());
    return time.toDays() == 0 ? clock : time.toDays() + "-" + clock;
  }
}
