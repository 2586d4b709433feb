package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.MemoryShape;
import dev.swax.runtime.kernel.RecurrenceShape;
import dev.swax.runtime.kernel.scan.ScanShape;

/** The meaning of each family. */
final class Recurrences {
  private Recurrences() {}

  static RecurrenceMeaning of(RecurrenceShape shape) {
    return switch (shape) {
      case MemoryShape memory -> new InterpretMemory(memory);
      case ScanShape scan -> new InterpretScan(scan);
      default -> throw new IllegalArgumentException("no meaning for " + shape);
    };
  }
}
