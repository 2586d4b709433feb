package dev.swax.compiler.analyze.data;

import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.type.Quantity;
import dev.swax.compiler.type.Rational;
import dev.swax.runtime.declare.Located;
import dev.swax.runtime.declare.Values;
import dev.swax.runtime.declare.Written;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of the language as a task reads it; it fits the argument's type already. */
record WrittenItem(Value.Item item) implements Written {
  /** The arguments of a call, by name. */
  static Values values(Value.Built built) {
    return new Values(written(built));
  }

  /** The same, to be read otherwise. */
  static Map<String, Written> written(Value.Built built) {
    Map<String, Written> values = new LinkedHashMap<>();
    built.arguments().forEach((name, item) -> values.put(name, new WrittenItem(item)));
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
    return item.value() instanceof Value.Truth(boolean truth) ? truth : wrong();
  }

  /** Paths start at the folder of the file that names them. */
  @Override
  public Located texts() {
    Path folder = Path.of(item.span().file().name()).resolveSibling(".").normalize();
    return new Located(
        item.value() instanceof Value.Items(List<Value.Item> texts)
            ? texts.stream().map(WrittenItem::text).toList()
            : List.of(text(item)),
        folder);
  }

  @Override
  public String word() {
    return item.value() instanceof Value.Word(String word) ? word : wrong();
  }

  private Rational number() {
    return item.value() instanceof Value.Numeric(Quantity(Rational number, _)) ? number : wrong();
  }

  private static String text(Value.Item item) {
    return item.value() instanceof Value.Text(String text) ? text : new WrittenItem(item).wrong();
  }

  private <T> T wrong() {
    throw new IllegalStateException(item.value().describe());
  }
}
