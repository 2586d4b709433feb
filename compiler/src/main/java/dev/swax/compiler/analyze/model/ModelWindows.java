package dev.swax.compiler.analyze.model;

import dev.swax.compiler.model.UniqueNames;
import dev.swax.compiler.model.WindowVariable;
import dev.swax.compiler.source.Span;
import dev.swax.runtime.schedule.WindowSchedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The windows of one model: equal ones are one, drawn once for each batch. */
final class ModelWindows {
  private final List<WindowVariable> windows = new ArrayList<>();
  private final Map<WindowSchedule, Integer> places = new LinkedHashMap<>();
  private final UniqueNames names = new UniqueNames();

  List<WindowVariable> all() {
    return windows;
  }

  /** The index of a window; a new one is called after the part that it is of. */
  int index(WindowSchedule schedule, String part, Span span) {
    return places.computeIfAbsent(
        schedule,
        _ -> {
          windows.add(new WindowVariable(names.fresh(part), span, schedule));
          return windows.size() - 1;
        });
  }
}
