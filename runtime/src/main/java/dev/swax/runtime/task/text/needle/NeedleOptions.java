package dev.swax.runtime.task.text.needle;

import dev.swax.runtime.UserError;
import dev.swax.runtime.task.declare.Given;
import java.util.Locale;

/**
 * What RULER fixes and a user may change.
 *
 * @param digits of a number; RULER: 7
 * @param frame the wording around the haystack
 * @param start where an essay begins; RULER: at the beginning of the text, in every sample
 * @param order of the needles in the text; RULER: one permutation for all samples
 * @param room least number of tokens kept free for the continuation; RULER: 128
 */
public record NeedleOptions(int digits, Frame frame, Start start, Order order, int room) {
  /** Where an essay begins. */
  public enum Start {
    BEGINNING,
    RANDOM
  }

  /** How needles are ordered. */
  public enum Order {
    FIXED,
    DRAWN
  }

  /** What holds where nothing is given. */
  public static NeedleOptions standard() {
    return NeedleDeclaration.options(Given.nothing());
  }

  NeedleOptions withRoom(int room) {
    return new NeedleOptions(digits, frame, start, order, room);
  }

  NeedleOptions withFrame(Frame frame) {
    return new NeedleOptions(digits, frame, start, order, room);
  }

  /** The options as arguments. */
  String describe() {
    return "digits: %s, frame: %s, start: %s, order: %s, room: %s tok"
        .formatted(digits, lower(frame), lower(start), lower(order), room);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  public NeedleOptions {
    if (digits < 1 || digits > 9) {
      throw new UserError("`digits` is %d, but may be 1 to 9".formatted(digits), null);
    }
    if (room < 0) {
      throw new UserError("`room` is %d tokens, but may not be negative".formatted(room), null);
    }
  }
}
