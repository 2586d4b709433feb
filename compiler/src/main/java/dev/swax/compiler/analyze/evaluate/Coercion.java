package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.type.Dimension;
import dev.swax.compiler.type.Quantity;
import dev.swax.compiler.type.Rational;
import dev.swax.compiler.type.ValueType;
import dev.swax.runtime.schedule.WindowSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fits values to places. A number without a unit takes the place's unit where only one is possible;
 * a number is a constant window; a bare name of a constructor is a call without arguments.
 */
public final class Coercion {
  private static final Pattern PLAIN_NUMBER = Pattern.compile("[0-9.]+[A-Za-z]*");

  public static final long LARGEST_SIZE = 1L << 30;
  private static final Rational LARGEST_COUNT = Rational.of(1L << 60);

  private final Diagnostics diagnostics;

  public Coercion(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** The value as {@code place} wants it, or {@link Value#UNKNOWN} after a report. */
  public Value coerce(Value value, Accepted accepted, String place, Span span) {
    return switch (accepted) {
      case Accepted _ when value instanceof Value.Unknown -> value;
      case Wanted wanted -> coerce(value, wanted, place, span);
      case OneOf words -> name(value, words, place, span);
    };
  }

  private Value coerce(Value value, Wanted wanted, String place, Span span) {
    return switch (wanted) {
      case ANY -> value;
      case NUMBER, REAL, POSITIVE_REAL, SHARE, SIZE, COUNT, DISTANCE ->
          number(value, wanted, place, span);
      case TOKENS, TOKENS_PER_STEP, STEPS, BUDGET, MOMENT -> number(value, wanted, place, span);
      case BOOLEAN -> value instanceof Value.Truth ? value : mismatch(value, wanted, place, span);
      case TEXT -> value instanceof Value.Text ? value : mismatch(value, wanted, place, span);
      case TEXTS ->
          value instanceof Value.Text
              ? new Value.Items(List.of(new Value.Item(value, span)))
              : elements(value, Wanted.TEXT, wanted, place, span);
      case PAIR -> pair(value, place, span);
      case WINDOW -> window(value, place, span);
      case OPTIONAL_WINDOW -> isNone(value) ? value : window(value, place, span);
      case COUNTS -> elements(value, Wanted.COUNT, wanted, place, span);
      case SHARES -> elements(value, Wanted.PART_OF_MIX, wanted, place, span);
      case EARLIER_TASKS -> elements(value, Wanted.EARLIER_TASK, wanted, place, span);
      case GROUPS -> elements(value, Wanted.GROUP, wanted, place, span);
      case WINDOWS -> elements(value, Wanted.SIZE, wanted, place, span);
      case LAYERS, LIST ->
          value instanceof Value.Items ? value : mismatch(value, wanted, place, span);
      case OPTIONAL_SIZE -> isNone(value) ? value : number(value, Wanted.SIZE, place, span);
      case OPTIONAL_REAL ->
          isNone(value) ? value : number(value, Wanted.POSITIVE_REAL, place, span);
      case DOCUMENTS -> word(value, List.of("carry", "reset"), wanted, place, span);
      case LOSS -> word(value, List.of("answers", "all"), wanted, place, span);
      case STOP ->
          value instanceof Value.Stop || isNone(value)
              ? value
              : mismatch(value, wanted, place, span);
      case LEARNING_RATE -> learningRate(value, place, span);
      case FEED_FORWARD -> isNone(value) ? value : part(value, wanted, place, span);
      case PART,
          MIXER,
          CELL,
          NORM,
          LAYER,
          MODEL,
          DATA,
          TRAIN,
          TASK,
          TOKENIZER,
          OPTIMIZER,
          GROUP,
          EARLIER_TASK,
          PART_OF_MIX ->
          part(value, wanted, place, span);
    };
  }

  public static boolean isNone(Value value) {
    return value instanceof Value.Word(String word) && word.equals("none");
  }

  private Value number(Value value, Wanted wanted, String place, Span span) {
    if (!(value instanceof Value.Numeric(Quantity quantity))) {
      return mismatch(value, wanted, place, span);
    }
    Dimension dimension = fittingDimension(quantity.dimension(), wanted);
    if (dimension == null) {
      diagnostics.report(
          Code.WRONG_UNIT,
          span,
          "%s expects %s, but `%s` is %s"
              .formatted(place, wanted.description(), shown(span), quantity.dimension().describe()),
          withUnit(shown(span), wanted));
      return Value.UNKNOWN;
    }
    Quantity fitted = new Quantity(quantity.value(), dimension);
    return inRange(fitted, wanted, place, span) ? new Value.Numeric(fitted) : Value.UNKNOWN;
  }

  /** The written number with the unit that is wanted, or null where another cannot be guessed. */
  private static @Nullable String withUnit(String written, Wanted wanted) {
    if (!PLAIN_NUMBER.matcher(written).matches()) {
      return null;
    }
    return switch (wanted) {
      case MOMENT -> "`%s step`".formatted(written);
      case BUDGET -> "`%s step` or `%s tok`".formatted(written, written);
      default -> null;
    };
  }

  /** The unit that the number gets, or null if its own does not fit. */
  private static @Nullable Dimension fittingDimension(Dimension given, Wanted wanted) {
    boolean plain = given.equals(Dimension.NONE);
    return switch (wanted) {
      case REAL, POSITIVE_REAL, COUNT -> plain ? given : null;
      case SIZE, DISTANCE -> plain || given.equals(Dimension.TOKENS) ? Dimension.NONE : null;
      case SHARE -> given.isPure() ? Dimension.NONE : null;
      case TOKENS -> plain || given.equals(Dimension.TOKENS) ? Dimension.TOKENS : null;
      case TOKENS_PER_STEP ->
          plain || given.equals(Dimension.TOKENS) || given.equals(Dimension.TOKENS_PER_STEP)
              ? Dimension.TOKENS_PER_STEP
              : null;
      case STEPS -> plain || given.equals(Dimension.STEPS) ? Dimension.STEPS : null;
      case BUDGET -> given.equals(Dimension.TOKENS) || given.equals(Dimension.STEPS) ? given : null;
      case MOMENT ->
          given.equals(Dimension.STEPS) || given.equals(Dimension.PERCENT) ? given : null;
      default -> given;
    };
  }

  private boolean inRange(Quantity quantity, Wanted wanted, String place, Span span) {
    Rational value = quantity.value();
    return switch (wanted) {
      case SIZE ->
          whole(value, place, span)
              && atLeast(value, 1, place, span)
              && atMost(value, Rational.of(LARGEST_SIZE), place, span);
      case DISTANCE ->
          whole(value, place, span)
              && atLeast(value, 0, place, span)
              && atMost(value, Rational.of(LARGEST_SIZE), place, span);
      case COUNT ->
          whole(value, place, span)
              && atLeast(value, 0, place, span)
              && atMost(value, LARGEST_COUNT, place, span);
      case TOKENS, TOKENS_PER_STEP ->
          whole(value, place, span)
              && atLeast(value, 1, place, span)
              && atMost(value, Rational.of(LARGEST_SIZE), place, span);
      case BUDGET -> atMost(value, LARGEST_COUNT, place, span) && positive(value, place, span);
      case STEPS ->
          whole(value, place, span)
              && atLeast(value, 0, place, span)
              && atMost(value, LARGEST_COUNT, place, span);
      case MOMENT -> moment(quantity, place, span);
      case POSITIVE_REAL -> positive(value, place, span);
      case SHARE -> atLeast(value, 0, place, span) && atMost(value, Rational.ONE, place, span);
      default -> true;
    };
  }

  private boolean moment(Quantity quantity, String place, Span span) {
    Rational value = quantity.value();
    if (quantity.dimension().percent()) {
      return atLeast(value, 0, place, span)
          && (value.compareTo(Rational.ONE) <= 0
              || outside(place + " is " + quantity + ", more than all of training", span));
    }
    return whole(value, place, span)
        && atLeast(value, 0, place, span)
        && atMost(value, LARGEST_COUNT, place, span);
  }

  private boolean whole(Rational value, String place, Span span) {
    if (value.isWhole()) {
      return true;
    }
    String shown = shown(span);
    diagnostics.report(
        Code.NOT_WHOLE,
        span,
        "%s expects a whole number, but `%s` is %s".formatted(place, shown, value),
        place.equals("`hidden`")
            ? "`round_up(%s, 64)`".formatted(shown)
            : "`round(%s)`".formatted(shown));
    return false;
  }

  private boolean atLeast(Rational value, long least, String place, Span span) {
    return value.compareTo(Rational.of(least)) >= 0
        || outside("%s must be %s or more, but this is %s".formatted(place, least, value), span);
  }

  private boolean positive(Rational value, String place, Span span) {
    return value.signum() > 0
        || outside("%s must be above 0, but this is %s".formatted(place, value), span);
  }

  private boolean atMost(Rational value, Rational most, String place, Span span) {
    return value.compareTo(most) <= 0
        || outside("%s is %s, but at most %s is allowed".formatted(place, value, most), span);
  }

  private boolean outside(String message, Span span) {
    diagnostics.report(Code.OUT_OF_RANGE, span, message, null);
    return false;
  }

  private Value elements(Value value, Wanted each, Wanted wanted, String place, Span span) {
    if (!(value instanceof Value.Items(List<Value.Item> items))) {
      return mismatch(value, wanted, place, span);
    }
    List<Value.Item> fitted = new ArrayList<>();
    for (Value.Item item : items) {
      Accepted accepted = each;
      Value element = coerce(item.value(), accepted, "each element of " + place, item.span());
      if (element instanceof Value.Unknown) {
        return element;
      }
      fitted.add(new Value.Item(element, item.span()));
    }
    return new Value.Items(fitted);
  }

  private Value pair(Value value, String place, Span span) {
    Value items = elements(value, Wanted.SHARE, Wanted.PAIR, place, span);
    return items instanceof Value.Items(List<Value.Item> list) && list.size() != 2
        ? mismatch(value, Wanted.PAIR, place, span)
        : items;
  }

  private Value window(Value value, String place, Span span) {
    if (value instanceof Value.Window) {
      return value;
    }
    if (!(value instanceof Value.Numeric)) {
      return mismatch(value, Wanted.WINDOW, place, span);
    }
    return switch (number(value, Wanted.SIZE, place, span)) {
      case Value.Numeric(Quantity(Rational size, _)) ->
          new Value.Window(new WindowSchedule.Constant((int) size.toLong()));
      case Value other -> other;
    };
  }

  private Value word(Value value, List<String> words, Accepted wanted, String place, Span span) {
    return value instanceof Value.Word(String word) && words.contains(word)
        ? value
        : mismatch(value, wanted, place, span);
  }

  /** A word of the place's own, also as text, so that names can come from a list. */
  private Value name(Value value, OneOf wanted, String place, Span span) {
    Value word = value instanceof Value.Text(String text) ? new Value.Word(text) : value;
    return word(word, wanted.words(), wanted, place, span);
  }

  private Value learningRate(Value value, String place, Span span) {
    if (!(value instanceof Value.Numeric)) {
      return part(value, Wanted.LEARNING_RATE, place, span);
    }
    Value rate = number(value, Wanted.POSITIVE_REAL, place, span);
    return rate instanceof Value.Unknown
        ? rate
        : Calls.built(RecipeCall.CONSTANT, span, "rate", rate);
  }

  private Value part(Value given, Wanted wanted, String place, Span span) {
    Value value = given;
    if (given instanceof Value.Construct(Constructor constructor)) {
      if (constructor.schema().keys().stream().noneMatch(Key::isRequired)) {
        value = Calls.built(constructor, span);
      }
    }
    boolean fits =
        switch (wanted) {
          case PART -> value instanceof Value.Part;
          case MIXER, CELL -> isPart(value, ValueType.CELL);
          case FEED_FORWARD -> isPart(value, ValueType.FEED_FORWARD);
          case NORM -> isPart(value, ValueType.NORM);
          case LAYER -> isPart(value, ValueType.LAYER);
          case LEARNING_RATE -> isBuilt(value, ValueType.LEARNING_RATE);
          case OPTIMIZER -> isBuilt(value, ValueType.OPTIMIZER);
          case PART_OF_MIX -> isBuilt(value, ValueType.SHARE);
          case EARLIER_TASK -> isBuilt(value, ValueType.EARLIER_TASK);
          case GROUP -> isBuilt(value, ValueType.GROUP);
          case MODEL -> value instanceof Value.Model;
          case DATA -> value instanceof Value.Data;
          case TRAIN -> value instanceof Value.Train;
          case TASK -> isBuilt(value, ValueType.TASK);
          case TOKENIZER -> isBuilt(value, ValueType.TOKENIZER);
          default -> false;
        };
    return fits ? value : mismatch(value, wanted, place, span);
  }

  private static boolean isPart(Value value, ValueType type) {
    return value instanceof Value.Part && value.type() == type;
  }

  private static boolean isBuilt(Value value, ValueType type) {
    return value instanceof Value.Built && value.type() == type;
  }

  private Value mismatch(Value value, Accepted wanted, String place, Span span) {
    diagnostics.report(
        Code.WRONG_TYPE,
        span,
        "%s expects %s, but this is %s".formatted(place, wanted.description(), value.describe()),
        null);
    return Value.UNKNOWN;
  }

  /** The source text, on one line and not too long. */
  private static String shown(Span span) {
    String text = span.words();
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }
}
