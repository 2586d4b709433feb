package dev.swax.compiler.lower;

import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.model.cell.Cell;

final class LowerCell {
  private LowerCell() {}

  static ValueId lower(Cell cell, String name, ValueId x, BlockBuilder out) {
    throw new UnsupportedOperationException(name + out + cell + x);
  }
}
