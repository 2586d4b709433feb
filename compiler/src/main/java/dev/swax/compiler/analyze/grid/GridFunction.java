package dev.swax.compiler.analyze.grid;

import dev.swax.compiler.analyze.evaluate.Arguments;
import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.syntax.Expression;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the lines of a grid may call beside what every expression may. */
public enum GridFunction {
  TESTED(Place.COLUMN, 2, "A model, tested with another window than its own.", "model", "window"),
  TRAINED(Place.COLUMN, 2, "A model, trained as another train block says.", "model", "using"),
  CUT(Place.COLUMN, 2, "A model without one of its parts.", "model", "part", "layers", "by"),
  BEST(Place.COLUMN, 1, "The best of several columns, by a row.", "columns", "by"),

  PERPLEXITY(
      Place.MEASURE,
      2,
      "How well text is predicted.",
      "data",
      "metric",
      "tokens",
      "at",
      "repeated",
      "cut",
      "by"),
  SCORE(Place.MEASURE, 2, "How well a task is done.", "task", "metric", "examples", "cut", "by"),

  MEAN(Place.AGGREGATE, 1, "The mean of values.", "values"),
  SUM(Place.AGGREGATE, 1, "The sum of values.", "values"),
  MIN(Place.AGGREGATE, 1, "The least of values.", "values"),
  MAX(Place.AGGREGATE, 1, "The largest of values.", "values"),

  RATE(Place.STATISTIC, 1, "The share of seeds with this, and Wilson's interval.", "condition"),
  MEDIAN(Place.STATISTIC, 1, "The median over seeds, with an interval.", "value"),
  BOOTSTRAP(Place.STATISTIC, 1, "The mean over seeds, with a bootstrap interval.", "value"),
  DIFFERENCE(Place.STATISTIC, 2, "The paired difference over seeds or examples.", "a", "b", "over"),

  LOW(Place.END, 1, "The lower end of an interval.", "value"),
  HIGH(Place.END, 1, "The upper end of an interval.", "value"),
  P(Place.END, 1, "The p value of a difference.", "value");

  /** Where it can be called, and what for. */
  enum Place {
    COLUMN,
    MEASURE,
    AGGREGATE,
    STATISTIC,
    END
  }

  private final Place place;
  private final int positional;
  private final String meaning;
  private final List<String> arguments;

  GridFunction(Place place, int positional, String meaning, String... arguments) {
    this.place = place;
    this.positional = positional;
    this.meaning = meaning;
    this.arguments = List.of(arguments);
  }

  /** Its name in a file. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String meaning() {
    return meaning;
  }

  /** The names of its arguments; those that may stand without a name come first. */
  public List<String> arguments() {
    return arguments;
  }

  Place place() {
    return place;
  }

  static Optional<GridFunction> of(Expression.Call call) {
    return Stream.of(values()).filter(one -> one.text().equals(call.callee().text())).findFirst();
  }

  /** The arguments of a call by name; null after a report. */
  @Nullable SequencedMap<String, Expression> match(Expression.Call call, Evaluator evaluator) {
    return new Arguments(evaluator).match(call, arguments.subList(0, positional), arguments);
  }
}
