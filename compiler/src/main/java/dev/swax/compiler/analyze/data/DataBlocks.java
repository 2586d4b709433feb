package dev.swax.compiler.analyze.data;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Fields;
import dev.swax.compiler.analyze.evaluate.Instance;
import dev.swax.compiler.analyze.evaluate.Key;
import dev.swax.compiler.analyze.evaluate.Schemas;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.setting.SettingChecks;
import dev.swax.compiler.analyze.setting.Settings;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.runtime.data.DocumentBorders;
import dev.swax.runtime.data.Packing;
import dev.swax.runtime.data.TextSource;
import dev.swax.runtime.data.format.FormatOptions;
import dev.swax.runtime.data.format.Malformed;
import dev.swax.runtime.data.format.TextFormats;
import dev.swax.runtime.task.PredictionTask;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.train.ExampleLoss;
import dev.swax.runtime.train.TrainingExamples;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Data blocks to plans. */
public final class DataBlocks {
  private static final List<String> OF_TEXT =
      List.of("files", "validation", "held_out", "documents", "format", "field", "malformed");
  private static final List<String> OF_TASKS = List.of("earlier", "examples", "loss");

  private final Evaluator evaluator;
  private final Settings settings;
  private final UnaryOperator<Path> kept;

  /** {@code kept}: where a file is read that a tokenizer is made of. */
  public DataBlocks(Evaluator evaluator, Settings settings, UnaryOperator<Path> kept) {
    this.evaluator = evaluator;
    this.settings = settings;
    this.kept = kept;
  }

  /** The plan of a data block, or empty after a report. */
  public Optional<DataPlan> plan(Value.Data data) {
    Declaration.Data declaration = data.declaration();
    Span place = declaration.name().span();
    String name = declaration.name().text();
    Instance instance =
        evaluator
            .bodies()
            .instantiate(
                name,
                List.of(),
                declaration.body().entries(),
                Schemas.DATA,
                data.scope(),
                settings.of("data", name, SettingChecks.keys(Schemas.DATA, declaration.body())),
                place);
    evaluator.bodies().force(instance);
    Fields fields = new Fields(evaluator, instance, Schemas.DATA);
    boolean task = fields.has("task");
    if (fields.has("mix")) {
      return mixture(fields, declaration);
    }
    if (!task && !fields.has("files")) {
      if (!Schemas.DATA.isMisspelt("files", declaration.body())
          && !Schemas.DATA.isMisspelt("task", declaration.body())) {
        evaluator.report(
            Code.MISSING_KEY,
            place,
            "`data %s` needs `files` (files, globs, or archives as `a.jar!**`), `task` or `mix`"
                .formatted(name),
            null);
      }
      return Optional.empty();
    }
    if (!keysFit(fields, name, place, task)) {
      return Optional.empty();
    }
    Optional<Tokenizer> tokenizer = tokenizer(fields);
    return tokenizer.isEmpty()
        ? Optional.empty()
        : task
            ? examples(fields, declaration, tokenizer.get())
            : text(fields, declaration, tokenizer.get());
  }

  private Optional<DataPlan> mixture(Fields fields, Declaration.Data declaration) {
    Span place = declaration.name().span();
    for (Key key : Schemas.DATA.keys()) {
      if (fields.has(key.name()) && !key.name().equals("mix")) {
        evaluator.report(
            Code.MIXED_DATA,
            fields.span(key.name(), place),
            "`data %s` has `mix`, so `%s` belongs to the blocks that it mixes"
                .formatted(declaration.name().text(), key.name()),
            null);
        return Optional.empty();
      }
    }
    List<Value.Built> shares = fields.items("mix");
    if (shares.isEmpty()) {
      if (!fields.isWrong("mix")) {
        evaluator.report(
            Code.SHARES_NOT_ALL,
            fields.span("mix", place),
            "`mix` is empty, so nothing is read",
            "`mix = [share(code, 70%), share(prose, 30%)]`");
      }
      return Optional.empty();
    }
    return new Mixtures(evaluator, this::plan)
        .build(shares, fields.span("mix", place))
        .map(parts ->
            new DataPlan.Mixture(
                declaration.name().text(), place, declaration.documentation(), parts));
  }

  /** That of the block, or empty after a report. */
  private Optional<Tokenizer> tokenizer(Fields fields) {
    return fields.isWrong("tokenizer")
        ? Optional.empty()
        : fields.value("tokenizer").flatMap(new Tokenizers(evaluator, kept)::build);
  }

  /** A block has the keys of text or those of a task. */
  private boolean keysFit(Fields fields, String name, Span place, boolean task) {
    boolean fits = true;
    for (String key : task ? OF_TEXT : OF_TASKS) {
      if (fields.has(key)) {
        fits = false;
        evaluator.report(
            Code.MIXED_DATA,
            fields.span(key, place),
            task
                ? "`data %s` has a `task`, which makes its examples, so `%s` has no effect"
                    .formatted(name, key)
                : "`data %s` has `files`, but `%s` belongs to `task`".formatted(name, key),
            null);
      }
    }
    return fits;
  }

  private Optional<DataPlan> examples(
      Fields fields, Declaration.Data declaration, Tokenizer tokenizer) {
    int before = evaluator.mark();
    var tasks = new Tasks(evaluator, tokenizer);
    Optional<Task> task = fields.value("task").flatMap(tasks::build);
    List<TrainingExamples.Earlier> earlier = tasks.earlier(fields.items("earlier"));
    if (!evaluator.isCleanSince(before)) {
      return Optional.empty();
    }
    if (task.orElse(null) instanceof PredictionTask made && fields.has("tokenizer")) {
      evaluator.report(
          Code.MIXED_DATA,
          fields.span("tokenizer", declaration.name().span()),
          "the examples of `%s` are tokens, not text, so `tokenizer` has no effect"
              .formatted(made.describe()),
          null);
      return Optional.empty();
    }
    if (fields.isWrong("packing")) {
      return Optional.empty();
    }
    if (fields.has("packing") && packing(fields) == Packing.JOINED) {
      evaluator.report(
          Code.MIXED_DATA,
          fields.span("packing", declaration.name().span()),
          "`data %s` has a `task`, and its examples are never joined"
              .formatted(declaration.name().text()),
          "`packing = whole` for several in a sequence, or no `packing` for one");
      return Optional.empty();
    }
    int count = fields.size("examples").orElse(0);
    ExampleLoss loss =
        fields.value("loss").equals(Optional.of(new Value.Word(ExampleLoss.ALL.text())))
            ? ExampleLoss.ALL
            : ExampleLoss.ANSWERS;
    return task.map(t ->
        new DataPlan.Examples(
            declaration.name().text(),
            declaration.name().span(),
            declaration.documentation(),
            new TrainingExamples(t, tokenizer, count, loss, earlier, packing(fields))));
  }

  private static Packing packing(Fields fields) {
    return fields.word("packing").equals(Optional.of(Packing.WHOLE.text()))
        ? Packing.WHOLE
        : Packing.JOINED;
  }

  private Optional<DataPlan> text(
      Fields fields, Declaration.Data declaration, Tokenizer tokenizer) {
    Optional<List<String>> files = texts(fields, "files");
    Optional<List<String>> validation =
        fields.has("validation") ? texts(fields, "validation") : Optional.of(List.of());
    Optional<Double> heldOut = fields.real("held_out");
    Optional<Value> documents = fields.value("documents");
    Optional<FormatOptions> format = format(fields, declaration.name());
    DocumentBorders borders =
        documents.equals(Optional.of(new Value.Word("reset")))
            ? DocumentBorders.RESET
            : DocumentBorders.IGNORE;
    return files.isEmpty() || validation.isEmpty() || heldOut.isEmpty() || format.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DataPlan.Text(
                declaration.name().text(),
                declaration.name().span(),
                declaration.documentation(),
                new TextSource(files.get(), validation.get(), heldOut.get(), format.get()),
                tokenizer,
                borders,
                packing(fields)));
  }

  /** How files are read, or empty after a report. */
  private Optional<FormatOptions> format(Fields fields, Expression.Name block) {
    String format = fields.word("format").orElse("");
    String field = fields.text("field").orElse("");
    Malformed malformed =
        fields.word("malformed").equals(Optional.of(Malformed.SKIP.text()))
            ? Malformed.SKIP
            : Malformed.ERROR;
    if (field.isEmpty()) {
      evaluator.report(
          Code.FIELD_OF_FILES,
          fields.span("field", block.span()),
          "`field` is empty, but it is the name of a field or column",
          "`field = \"text\"`");
      return Optional.empty();
    }
    if (format.equals(TextFormats.NAMES.getFirst()) && fields.has("field")) {
      evaluator.report(
          Code.FIELD_OF_FILES,
          fields.span("field", block.span()),
          "`data %s` has `format = text`, so each file is one document and `field` has no effect"
              .formatted(block.text()),
          "leave out `field` or `format`");
      return Optional.empty();
    }
    return Optional.of(new FormatOptions(format, field, malformed));
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
