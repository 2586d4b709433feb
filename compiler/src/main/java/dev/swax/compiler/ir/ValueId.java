package dev.swax.compiler.ir;

/** The place of a value in its graph's list. */
public record ValueId(int index) {
  @Override
  public String toString() {
    return "%" + index;
  }
}
