package dev.swax.compiler.analyze.model;

import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.type.PartKind;
import dev.swax.compiler.type.Quantity;
import java.util.Optional;
import java.util.function.Supplier;

/** What a parameter of a part has at one place of use. */
public sealed interface Argument {

  /** As messages show it: {@code 128}, {@code a window}. */
  String describe();

  /** As facts show it; empty where that takes more than a word. */
  default String text() {
    return "";
  }

  /** A number without a unit. */
  record Numeric(Quantity quantity) implements Argument {
    @Override
    public String describe() {
      return quantity.toString();
    }

    @Override
    public String text() {
      return quantity.toString();
    }
  }

  /** A word: {@code none}, {@code true}. */
  record Word(String word) implements Argument {
    public static final String NONE = "none";

    @Override
    public String describe() {
      return word;
    }

    @Override
    public String text() {
      return word;
    }
  }

  /** A window, as an index into those of the model. */
  record Window(int index) implements Argument {
    @Override
    public String describe() {
      return "a window";
    }
  }

  /**
   * A part that a body may apply.
   *
   * @param label what the file calls it: `local`
   * @param at the part at a width
   * @param earlier the same part in an earlier layer
   */
  record Applicable(
      PartKind kind, String label, Span span, Applied at, Supplier<EarlierLayer> earlier)
      implements Argument {
    @Override
    public String describe() {
      return switch (kind) {
        case CELL -> "a cell";
        case FFN -> "a feed-forward";
        case NORM -> "a norm";
        case BLOCK -> "a block";
      };
    }
  }

  /** A part at the width of what it is applied to. */
  @FunctionalInterface
  interface Applied {
    /** The part, or empty after a report. */
    Optional<Part> width(int width);
  }
}
