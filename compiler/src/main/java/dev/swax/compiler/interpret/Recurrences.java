package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.columns.ColumnsShape;
import dev.swax.runtime.kernel.conv.ConvShape;
import dev.swax.runtime.kernel.delta.DeltaShape;
import dev.swax.runtime.kernel.dplr.DplrShape;
import dev.swax.runtime.kernel.gla.GlaShape;
import dev.swax.runtime.kernel.memory.MemoryShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.scan.ScanShape;
import dev.swax.runtime.kernel.shift.ShiftShape;
import dev.swax.runtime.kernel.step.StepShape;
import dev.swax.runtime.kernel.updates.UpdatesShape;

/** The meaning of each family. */
public final class Recurrences {
  private Recurrences() {}

  public static RecurrenceMeaning of(RecurrenceShape shape) {
    return switch (shape) {
      case MemoryShape memory -> new InterpretMemory(memory);
      case DeltaShape delta -> new InterpretDelta(delta);
      case GlaShape gla -> new InterpretGla(gla);
      case ColumnsShape columns -> new InterpretColumns(columns);
      case DplrShape dplr -> new InterpretDplr(dplr);
      case ScanShape scan -> new InterpretScan(scan);
      case ConvShape conv -> new InterpretConv(conv);
      case ShiftShape _ -> new InterpretShift();
      case UpdatesShape updates -> new InterpretUpdates(updates);
      case StepShape step -> new InterpretStep(step);
      default -> throw new IllegalArgumentException("no meaning for " + shape);
    };
  }
}
