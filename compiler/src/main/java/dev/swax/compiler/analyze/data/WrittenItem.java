package dev.swax.compiler.analyze.data;

import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.type.Quantity;
import dev.swax.compiler.type.Rational;
import dev.swax.runtime.declare.Located;
import dev.swax.runtime.declare.Written;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A value of the language as a task reads it; it fits the argument's type already. */
record WrittenItem(Value.Item item, UnaryOperator<Path> kept) implements Written {
  /**
   * The arguments of a call, by name. {@code kept}: where a file is read that one of them names.
   */
  static Map<String, Written> written(Value.Built built, UnaryOperator<Path> kept) {
    Map<String, Written> values = new LinkedHashMap<>();
    built.arguments().forEach((name, item) -> values.put(name, new WrittenItem(item, kept)));
    return values;
  }

  @Override
  public long whole() {
    return number().toLong();
  }

  @Override
  public double real() {
    return number().toDouble();
  }

  @Override
  public boolean truth() {
    return item.value() instanceof Value.Truth(boolean truth) ? truth : wrong(item);
  }

  /** Paths start at the folder of the file that names them. */
  @Override
  public Located texts() {
    Path folder = Path.of(item.span().file().name()).resolveSibling(".").normalize();
    return new Located(
        item.value() instanceof Value.Items(List<Value.Item> texts)
            ? texts.stream().map(WrittenItem::text).toList()
            : List.of(text(item)),
        folder,
        kept);
  }

  @Override
  public String word() {
    return item.value() instanceof Value.Word(String word) ? word : wrong(item);
  }

  private Rational number() {
    return item.value() instanceof Value.Numeric(Quantity(Rational number, _))
        ? number
        : wrong(item);
  }

  private static String text(Value.Item item) {
    return item.value() instanceof Value.Text(String text) ? text : wrong(item);
  }

  private static <T> T wrong(Value.Item item) {
    throw new IllegalStateException(item.value().describe());
  }
}
