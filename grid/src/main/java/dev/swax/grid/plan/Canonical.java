package dev.swax.grid.plan;

import dev.swax.compiler.source.Span;
import dev.swax.runtime.kernel.step.StepProgram;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Values as text: records by the names and values of their components, places in files left out.
 * Equal texts mean equal values, wherever they were written.
 */
final class Canonical {
  private Canonical() {}

  static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "none";
      case Record parts -> name(parts) + components(parts);
      case Enum<?> constant -> constant.name();
      case SequencedCollection<?> list ->
          list.stream().map(Canonical::text).collect(Collectors.joining(", ", "[", "]"));
      case SequencedMap<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> text(entry.getKey()) + ": " + text(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case String text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
      case StepProgram program -> text(program.toString().replace("\n", "; "));
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      default -> throw new IllegalArgumentException("no canonical text of a " + value.getClass());
    };
  }

  private static String name(Record value) {
    return value.getClass().getSimpleName();
  }

  private static String components(Record value) {
    return List.of(value.getClass().getRecordComponents()).stream()
        .filter(component -> component.getType() != Span.class)
        .map(component -> component.getName() + ": " + text(component(value, component)))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** One component of a record; its class and accessor are public. */
  static @Nullable Object component(Record value, RecordComponent component) {
    try {
      return component.getAccessor().invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
