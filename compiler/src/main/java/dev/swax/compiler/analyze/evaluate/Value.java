package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.type.Quantity;
import dev.swax.compiler.type.ValueType;
import dev.swax.runtime.schedule.WindowSchedule;
import dev.swax.runtime.train.EarlyStop;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What an expression evaluates to. */
public sealed interface Value {
  /** Stands for a value whose error has been reported; everything made of it stays silent. */
  Unknown UNKNOWN = new Unknown();

  public record Numeric(Quantity quantity) implements Value {}

  public record Text(String text) implements Value {}

  public record Truth(boolean value) implements Value {}

  /** A word of the language that stands for itself: {@code none}, {@code bytes}. */
  public record Word(String word) implements Value {}

  public record Items(List<Item> items) implements Value {
    public Items {
      items = List.copyOf(items);
    }
  }

  public record Window(WindowSchedule schedule) implements Value {}

  /** {@code when validation stalls for 5}. */
  public record Stop(EarlyStop rule) implements Value {}

  /** A finished call of a built-in constructor, its arguments checked: {@code swa(window: 128)}. */
  record Built(
      Constructor constructor, String label, Span span, SequencedMap<String, Item> arguments)
      implements Value {
    public Built {
      arguments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arguments));
    }
  }

  /**
   * A declared part of a model with some of its parameters given; the rest follow when the width of
   * its model is known.
   *
   * @param shared the weights that it has wherever it stands; null where each place has its own
   */
  record Part(
      Declaration.Part declaration,
      Scope scope,
      String label,
      Span span,
      SequencedMap<String, Item> arguments,
      @Nullable SharedWeights shared)
      implements Value {
    public Part {
      arguments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arguments));
    }

    public Part(
        Declaration.Part declaration,
        Scope scope,
        String label,
        Span span,
        SequencedMap<String, Item> arguments) {
      this(declaration, scope, label, span, arguments, null);
    }
  }

  /** One set of weights, which is nothing but itself. */
  final class SharedWeights {}

  /** A declared model or train block with what calls and {@code with} have set since, in order. */
  public sealed interface Template extends Value {
    Declaration.Template declaration();

    Scope scope();

    List<Redefinition> overrides();

    /** The same declaration with other definitions. */
    Template with(List<Redefinition> others);
  }

  record Model(Declaration.Model declaration, Scope scope, List<Redefinition> overrides)
      implements Template {
    public Model {
      overrides = List.copyOf(overrides);
    }

    @Override
    public Model with(List<Redefinition> others) {
      return new Model(declaration, scope, others);
    }
  }

  public record Data(Declaration.Data declaration, Scope scope) implements Value {}

  record Train(Declaration.Train declaration, Scope scope, List<Redefinition> overrides)
      implements Template {
    public Train {
      overrides = List.copyOf(overrides);
    }

    @Override
    public Train with(List<Redefinition> others) {
      return new Train(declaration, scope, others);
    }
  }

  /** {@code window coin(p) = …}, not yet called. */
  public record WindowFunction(Declaration.Window declaration, Scope scope) implements Value {}

  /** A built-in constructor, not yet called. */
  public record Construct(Constructor constructor) implements Value {}

  /** A built-in function, not yet called. */
  public record BuiltIn(Function function) implements Value {}

  public record Unknown() implements Value {}

  /** A value and the place that it comes from: an element of a list, an argument. */
  record Item(Value value, Span span) {}

  default ValueType type() {
    return switch (this) {
      case Numeric _ -> ValueType.NUMBER;
      case Text _ -> ValueType.TEXT;
      case Truth _ -> ValueType.BOOLEAN;
      case Word _ -> ValueType.WORD;
      case Items _ -> ValueType.LIST;
      case Window _ -> ValueType.WINDOW;
      case Stop _ -> ValueType.STOP;
      case Built built -> built.constructor().result();
      case Part part ->
          switch (part.declaration().kind()) {
            case CELL -> ValueType.CELL;
            case FFN -> ValueType.FEED_FORWARD;
            case NORM -> ValueType.NORM;
            case BLOCK -> ValueType.LAYER;
          };
      case Model _ -> ValueType.MODEL;
      case Data _ -> ValueType.DATA;
      case Train _ -> ValueType.TRAIN;
      case WindowFunction _, Construct _, BuiltIn _ -> ValueType.FUNCTION;
      case Unknown _ -> ValueType.UNKNOWN;
    };
  }

  /** As messages show it: {@code 12.5}, {@code "code"}, {@code a window}. */
  default String describe() {
    return switch (this) {
      case Numeric(Quantity quantity) -> quantity.toString();
      case Text(String text) -> '"' + text + '"';
      case Truth(boolean value) -> Boolean.toString(value);
      case Word(String word) -> "`" + word + "`";
      case Construct(Constructor constructor) -> "`" + constructor.text() + "` without arguments";
      default -> type().description();
    };
  }
}
