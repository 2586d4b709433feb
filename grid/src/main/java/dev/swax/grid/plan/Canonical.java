package dev.swax.grid.plan;

import dev.swax.compiler.source.Span;
import dev.swax.runtime.kernel.step.StepProgram;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values as text: records by the names and values of their components, places in files left out.
 * Equal texts mean equal values, wherever they were written.
 */
final class Canonical {
  private static final ClassValue<List<RecordComponent>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
          return Stream.of(type.getRecordComponents())
              .filter(component -> component.getType() != Span.class)
              .toList();
        }
      };

  /** Texts of records by identity: the layers of a model are few objects, used again and again. */
  private final Map<Record, String> known = new IdentityHashMap<>();

  String text(@Nullable Object value) {
    return switch (value) {
      case null -> "none";
      case Record parts -> record(parts);
      case Enum<?> constant -> constant.name();
      case SequencedCollection<?> list ->
          list.stream().map(this::text).collect(Collectors.joining(", ", "[", "]"));
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

  private String record(Record value) {
    String before = known.get(value);
    String text = before == null ? value.getClass().getSimpleName() + components(value) : before;
    known.put(value, text);
    return text;
  }

  private String components(Record value) {
    return COMPONENTS.get(value.getClass()).stream()
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
