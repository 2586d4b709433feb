package dev.swax.compiler.syntax;

import dev.swax.compiler.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a {@code grid} body. */
public sealed interface GridItem {
  Span span();

  /** {@code using paper}, {@code using paper(seed: 2)}. */
  record Using(Span span, Expression train) implements GridItem {}

  /** {@code column "SWAX:{w}" for w in [128, 256] = swax(window: w)}. */
  record Column(Span span, Expression.Text label, List<Binding> bindings, Expression value)
      implements GridItem {
    public Column {
      bindings = List.copyOf(bindings);
    }
  }

  /**
   * {@code row "FLOPs" = flops_per_token / 1e9 format "0.000"} or {@code row val_ppl = … lower
   * within 0.01}.
   */
  record Row(
      Span span,
      Expression label,
      List<Binding> bindings,
      Expression value,
      Better better,
      Expression.@Nullable Text format,
      @Nullable Expression tolerance)
      implements GridItem {
    public Row {
      bindings = List.copyOf(bindings);
    }
  }

  /** {@code reference "refs/table1.csv" within 0.0005}. */
  record Reference(Span span, Expression.Text file, @Nullable Expression tolerance)
      implements GridItem {}

  /** {@code expect recall["SWAX:4"] > recall["SWAX:64"]}. */
  record Expect(Span span, Expression condition) implements GridItem {}

  /** {@code figure "Recall" = lines(recall, against: n)}. */
  record Figure(Span span, Expression.Text title, Expression value) implements GridItem {}

  /** {@code key = value}, for example {@code seeds = [1, 2, 3]}. */
  record Setting(Span span, Expression.Name key, Expression value) implements GridItem {}

  /** {@code for name in source} or {@code for (a, b) in source}. */
  record Binding(Span span, List<Expression.Name> names, Expression source) {
    public Binding {
      names = List.copyOf(names);
    }
  }

  enum Better {
    UNSTATED,
    LOWER,
    HIGHER
  }
}
