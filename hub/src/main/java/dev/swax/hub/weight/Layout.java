package dev.swax.hub.weight;

/**
 * Where the numbers of a parameter, or of some of its rows, are in a published tensor. Reading and
 * writing ask the same question, so one is the inverse of the other.
 *
 * @param firstRow of the parameter that the tensor has
 * @param offset of its first number in the tensor
 * @param rowStride from one row to the next
 * @param columnStride from one column to the next
 */
public record Layout(
    int firstRow,
    int rows,
    int columns,
    long offset,
    long rowStride,
    long columnStride,
    Columns order) {

  /** Rows as they are: embeddings, and what is stored as {@code [in, out]}. */
  public static Layout asIs(int rows, int columns) {
    return new Layout(0, rows, columns, 0, columns, 1, Columns.SAME);
  }

  /** A row of numbers. */
  public static Layout vector(int length) {
    return asIs(1, length);
  }

  /** A projection that is stored as {@code [out, in]}. */
  public static Layout transposed(int in, int out) {
    return new Layout(0, in, out, 0, 1, in, Columns.SAME);
  }

  /**
   * Filters over time of {@code [channels, 1, tokens]}, the newest token last; here it is the first
   * row.
   */
  public static Layout filters(int tokens, int channels) {
    return new Layout(0, tokens, channels, tokens - 1, -1, tokens, Columns.SAME);
  }

  /** The same beginning with another row of the tensor, of which others are before it. */
  public Layout from(long place) {
    return new Layout(firstRow, rows, columns, offset + place, rowStride, columnStride, order);
  }

  /** The same for later rows of the parameter. */
  public Layout ofRows(int first) {
    return new Layout(first, rows, columns, offset, rowStride, columnStride, order);
  }

  /** The same with columns in another order. */
  public Layout ordered(Columns other) {
    return new Layout(firstRow, rows, columns, offset, rowStride, columnStride, other);
  }

  /** The place of a number, by its row of those that the tensor has. */
  long place(int row, int column) {
    return offset + row * rowStride + order.of(column) * columnStride;
  }

  long size() {
    return (long) rows * columns;
  }
}
