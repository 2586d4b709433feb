package dev.swax.compiler.analyze.part.body;

/** What a value of a part's body is, per head unless it has the model's width. */
public sealed interface Shape {
  /** A number that is known before training. */
  Shape NUMBER = new Fixed();

  /** A scalar per head. */
  Shape SCALAR = new Vector(1);

  public record Fixed() implements Shape {
    @Override
    public String toString() {
      return "a number";
    }
  }

  /** {@code size} channels per head. */
  public record Vector(int size) implements Shape {
    @Override
    public String toString() {
      return size == 1 ? "a scalar per head" : "[" + size + "] per head";
    }
  }

  /** The model's width, as the layer's input and output have it. */
  public record Width(int size) implements Shape {
    @Override
    public String toString() {
      return "as wide as the model, " + size;
    }
  }

  /** A matrix per head: a state or an outer product. */
  public record Table(int rows, int columns) implements Shape {
    @Override
    public String toString() {
      return "[" + rows + ", " + columns + "] per head";
    }
  }

  /** {@code diag(a)}: what a matrix of as many rows can be multiplied by. */
  public record Diagonal(int size) implements Shape {
    @Override
    public String toString() {
      return "a diagonal of " + size + " per head";
    }
  }

  /** Columns that one expression node needs: see {@code PartExpression.size}. */
  default int size() {
    return switch (this) {
      case Fixed _ -> 1;
      case Vector(int size) -> size;
      case Width(int size) -> size;
      case Diagonal(int size) -> size;
      case Table(int rows, int columns) -> rows * columns;
    };
  }
}
