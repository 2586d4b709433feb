package dev.swax.compiler.analyze;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.type.Rational;
import dev.swax.runtime.data.DocumentBorders;
import dev.swax.runtime.data.TextSource;
import java.util.List;
import java.util.Optional;

/** Data blocks to plans. */
final class DataBlocks {
  private static final double HELD_OUT = 0.05;

  private final Evaluator evaluator;
  private final Settings settings;

  DataBlocks(Evaluator evaluator, Settings settings) {
    this.evaluator = evaluator;
    this.settings = settings;
  }

  /** The plan of a data block, or empty after a report. */
  Optional<DataPlan> plan(Value.Data data) {
    Declaration.Data declaration = data.declaration();
    Span place = declaration.name().span();
    String name = declaration.name().text();
    Fields fields =
        new Fields(
            evaluator,
            evaluator
                .bodies()
                .instantiate(
                    name,
                    List.of(),
                    declaration.body().entries(),
                    Schemas.DATA,
                    data.scope(),
                    settings.of("data", name, SettingChecks.keys(Schemas.DATA, declaration.body())),
                    place));
    if (!fields.has("files")) {
      evaluator.report(
          Code.MISSING_KEY,
          place,
          "`data %s` needs `files` (files, globs, or archives as `a.jar!**`)".formatted(name),
          null);
      return Optional.empty();
    }
    Optional<List<String>> files = texts(fields, "files");
    Optional<List<String>> validation =
        fields.has("validation") ? texts(fields, "validation") : Optional.of(List.of());
    Optional<Double> heldOut =
        fields.has("held_out")
            ? fields.number("held_out").map(Rational::toDouble)
            : Optional.of(HELD_OUT);
    fields.value("tokenizer");
    Optional<Value> documents = fields.value("documents");
    DocumentBorders borders =
        documents.equals(Optional.of(new Value.Word("reset")))
            ? DocumentBorders.RESET
            : DocumentBorders.IGNORE;
    return files.isEmpty() || validation.isEmpty() || heldOut.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DataPlan(
                name,
                place,
                declaration.documentation(),
                new TextSource(files.get(), validation.get(), heldOut.get()),
                borders));
  }

  private static Optional<List<String>> texts(Fields fields, String key) {
    return fields
        .value(key)
        .flatMap(v ->
            v instanceof Value.Items(List<Value.Item> items)
                ? Optional.of(items.stream().map(i -> text(i.value())).toList())
                : Optional.empty());
  }

  private static String text(Value value) {
    return value instanceof Value.Text(String text) ? text : "";
  }
}
