package dev.swax.compiler.analyze.grid;

import dev.swax.compiler.analyze.evaluate.Binding;
import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Scope;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.grid.GridLabel;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.GridItem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * Expands the {@code for}s of a line of a grid: the later ones run faster, and see the names of the
 * earlier ones.
 */
final class GridPoints {
  private static final int MOST = 4096;

  /**
   * One combination.
   *
   * @param axes what each name is bound to, as labels show it
   * @param bound the names of each {@code for}
   */
  record Point(Scope scope, SequencedMap<String, String> axes, List<List<String>> bound) {
    Point {
      axes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(axes));
      bound = List.copyOf(bound);
    }

    /** Where no {@code for} is. */
    Point(Scope scope) {
      this(scope, new LinkedHashMap<>(), List.of());
    }
  }

  /** How many elements of a list a point counts for, so that all grids of a file have a limit. */
  private static final int ELEMENTS_OF_A_POINT = 8;

  private static final List<List<String>> NONE = List.of();

  private final Evaluator evaluator;

  GridPoints(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** Every combination; none after a report. */
  List<Point> expand(List<GridItem.Binding> bindings, Scope scope) {
    List<Point> points = List.of(new Point(scope));
    for (GridItem.Binding binding : bindings) {
      List<Point> further = new ArrayList<>();
      for (Point point : points) {
        further.addAll(within(binding, point));
        if (further.size() > MOST) {
          evaluator.report(
              Code.TOO_LARGE,
              binding.span(),
              "these make more than %d lines".formatted(MOST),
              null);
          return List.of();
        }
      }
      points = further;
    }
    return points;
  }

  /** A point at which the names of bindings are not known, for faults beside theirs. */
  static Point unknown(List<GridItem.Binding> bindings, Scope scope) {
    SequencedMap<String, Binding> names = new LinkedHashMap<>();
    for (GridItem.Binding binding : bindings) {
      binding.names().forEach(name -> names.put(name.text(), Binding.of(Value.UNKNOWN)));
    }
    return new Point(new Scope.Frame(scope, names));
  }

  /** The points of one binding within another; none after a report. */
  List<Point> within(GridItem.Binding binding, Point point) {
    Value source = evaluator.evaluate(binding.source(), point.scope(), Wanted.LIST, "`for … in`");
    if (!(source instanceof Value.Items(List<Value.Item> items))
        || !evaluator.hasRoomFor((long) ELEMENTS_OF_A_POINT * items.size(), binding.span())) {
      return List.of();
    }
    List<Point> points = new ArrayList<>();
    for (Value.Item item : items) {
      List<Value> parts = parts(binding, item);
      if (parts.isEmpty()) {
        return List.of();
      }
      points.add(with(binding.names(), parts, point));
    }
    return points;
  }

  /** The element itself, or its parts where several names take them; none after a report. */
  private List<Value> parts(GridItem.Binding binding, Value.Item item) {
    int names = binding.names().size();
    if (names == 1) {
      return item.value() instanceof Value.Unknown ? List.of() : List.of(item.value());
    }
    if (item.value() instanceof Value.Items(List<Value.Item> parts) && parts.size() == names) {
      return parts.stream().map(Value.Item::value).toList();
    }
    if (!(item.value() instanceof Value.Unknown)) {
      evaluator.report(
          Code.WRONG_TYPE,
          binding.source().span(),
          "`for` needs lists of %d elements here, but one element is %s"
              .formatted(names, describe(item.value())),
          "`zip([1, 2], [3, 4])` makes lists of two");
    }
    return List.of();
  }

  private static String describe(Value value) {
    return value instanceof Value.Items(List<Value.Item> items)
        ? "a list of " + items.size()
        : value.describe();
  }

  private Point with(List<Expression.Name> names, List<Value> values, Point point) {
    SequencedMap<String, Binding> bindings = new LinkedHashMap<>();
    SequencedMap<String, String> axes = new LinkedHashMap<>(point.axes());
    for (int i = 0; i < names.size(); i++) {
      bindings.put(names.get(i).text(), Binding.of(values.get(i)));
      axes.put(names.get(i).text(), shown(values.get(i)));
    }
    List<List<String>> bound = new ArrayList<>(point.bound());
    bound.add(names.stream().map(Expression.Name::text).toList());
    return new Point(evaluator.frame(point.scope(), bindings), axes, bound);
  }

  /** A value as labels show it. */
  static String shown(Value value) {
    return switch (value) {
      case Value.Text(String text) -> text;
      case Value.Word(String word) -> word;
      case Value.Model model -> model.declaration().name().text();
      case Value.Data data -> data.declaration().name().text();
      case Value.Train train -> train.declaration().name().text();
      case Value.Part memory -> memory.declaration().name().text();
      case Value.WindowFunction window -> window.declaration().name().text();
      case Value.Window(var schedule) -> schedule.describe();
      default -> value.describe();
    };
  }

  /** A word as it is written, or what a name that a {@code for} binds has as a text. */
  static String word(Expression expression, Scope scope, Evaluator evaluator) {
    if (expression instanceof Expression.Name name) {
      Binding binding = scope.find(name.text());
      Value value = binding == null ? Value.UNKNOWN : binding.value(evaluator, name.span());
      return value instanceof Value.Text(String text) ? text : name.text();
    }
    return expression instanceof Expression.Text text ? text.value() : expression.span().text();
  }

  /** What a text calls a row or column at a point. */
  GridLabel heading(Expression.Text text, Point point) {
    int before = evaluator.mark();
    String own = label(text, point.scope());
    SequencedMap<String, String> lines = new LinkedHashMap<>();
    for (List<String> names : evaluator.isCleanSince(before) ? point.bound() : NONE) {
      SequencedMap<String, Binding> places = new LinkedHashMap<>();
      names.forEach(name -> places.put(name, Binding.of(new Value.Text(place(name)))));
      String line = label(text, new Scope.Frame(point.scope(), places));
      names.forEach(name -> lines.put(name, line));
    }
    return new GridLabel(own, point.axes(), lines);
  }

  /** What a row is called that has a name and no text: the name, and the value of each axis. */
  static GridLabel heading(String name, Point point) {
    SequencedMap<String, String> lines = new LinkedHashMap<>();
    for (List<String> names : point.bound()) {
      SequencedMap<String, String> places = new LinkedHashMap<>(point.axes());
      names.forEach(each -> places.put(each, place(each)));
      names.forEach(each -> lines.put(each, named(name, places)));
    }
    return new GridLabel(named(name, point.axes()), point.axes(), lines);
  }

  private static String named(String name, SequencedMap<String, String> axes) {
    return axes.entrySet().stream()
        .map(axis -> " " + axis.getKey() + "=" + axis.getValue())
        .collect(Collectors.joining("", name, ""));
  }

  private static String place(String name) {
    return "{" + name + "}";
  }

  /** The text with the value of each {@code {name}} in its place. */
  String label(Expression.Text text, Scope scope) {
    StringBuilder label = new StringBuilder();
    String written = text.value();
    int at = 0;
    while (at < written.length()) {
      int open = written.indexOf('{', at);
      int close = open < 0 ? -1 : written.indexOf('}', open);
      if (close < 0) {
        break;
      }
      String name = written.substring(open + 1, close).strip();
      label.append(written, at, open);
      label.append(value(new Expression.Name(place(text, open, close), name, false), scope));
      at = close + 1;
    }
    return label.append(written, at, written.length()).toString();
  }

  private String value(Expression.Name name, Scope scope) {
    Value value = evaluator.lookUp(name, scope);
    return value instanceof Value.Unknown ? place(name.text()) : shown(value);
  }

  /** Where {@code {name}} stands in the file; the whole text where it is written with escapes. */
  private static Span place(Expression.Text text, int open, int close) {
    Span span = text.span();
    boolean plain = span.text().length() == text.value().length() + 2;
    return plain ? new Span(span.file(), span.start() + open + 2, span.start() + close + 1) : span;
  }
}
