package dev.swax.compiler.analyze.train;

import dev.swax.compiler.analyze.data.DataBlocks;
import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Fields;
import dev.swax.compiler.analyze.evaluate.Instance;
import dev.swax.compiler.analyze.evaluate.Key;
import dev.swax.compiler.analyze.evaluate.Lazy;
import dev.swax.compiler.analyze.evaluate.Models;
import dev.swax.compiler.analyze.evaluate.Redefinition;
import dev.swax.compiler.analyze.evaluate.Schemas;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.model.Architectures;
import dev.swax.compiler.analyze.setting.Settings;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Assumption;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.DocumentBorders;
import dev.swax.runtime.train.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Train blocks to plans. */
public final class Trains {
  private final Evaluator evaluator;
  private final Architectures architectures;
  private final DataBlocks dataBlocks;
  private final Settings settings;

  public Trains(
      Evaluator evaluator, Architectures architectures, DataBlocks dataBlocks, Settings settings) {
    this.evaluator = evaluator;
    this.architectures = architectures;
    this.dataBlocks = dataBlocks;
    this.settings = settings;
  }

  /**
   * The plan of a train block with other values for some keys, or empty after a report.
   *
   * @param use where a missing argument is told of
   */
  public Optional<TrainPlan> plan(Value.Train train, Span use, List<Redefinition> redefinitions) {
    Declaration.Train declaration = train.declaration();
    Span place = declaration.name().span();
    String name = declaration.name().text();
    Models.Resolved resolved = resolve(train, use, redefinitions);
    Declaration.Body body = resolved == null ? null : resolved.declaration().body();
    if (resolved == null || body == null) {
      return Optional.empty();
    }
    Instance instance = resolved.instance();
    Fields fields = new Fields(evaluator, instance, Schemas.TRAIN);
    evaluator.progress().enter(new Lazy(name, () -> Value.UNKNOWN));
    Optional<TrainPlan> plan;
    List<Assumption> assumptions;
    try {
      plan = plan(declaration, body, fields, place);
      evaluator.bodies().force(instance);
    } finally {
      assumptions = evaluator.progress().leaveWithAssumptions();
    }
    return plan.map(p -> withAssumptions(p, assumptions));
  }

  /**
   * The block's body with its settings: those that name it before what calls give it, as for
   * models; those of all train blocks behind. One without arguments takes the first behind too.
   */
  public Models.@Nullable Resolved resolve(
      Value.Train train, Span use, List<Redefinition> redefinitions) {
    String name = train.declaration().name().text();
    List<String> keys = evaluator.models().settable(train, use);
    List<Redefinition> all = new ArrayList<>();
    if (train.overrides().isEmpty()) {
      all.addAll(settings.of("train", name, keys));
    } else {
      all.addAll(settings.of(name, keys));
      all.addAll(train.overrides());
      all.addAll(settings.of("train", keys));
    }
    all.addAll(redefinitions);
    return evaluator.models().resolve(train.with(all), use);
  }

  private static TrainPlan withAssumptions(TrainPlan plan, List<Assumption> assumptions) {
    List<Assumption> known =
        plan.architecture() == null ? List.of() : plan.architecture().assumptions();
    return new TrainPlan(
        plan.name(),
        plan.span(),
        plan.documentation(),
        plan.architecture(),
        plan.data(),
        plan.recipe(),
        assumptions.stream().filter(a -> !known.contains(a)).toList());
  }

  private Optional<TrainPlan> plan(
      Declaration.Train declaration, Declaration.Body body, Fields fields, Span place) {
    int before = evaluator.mark();
    boolean complete = required(fields, declaration, body);
    Optional<Architecture> architecture = architecture(body, fields, place);
    Optional<DataPlan> data =
        fields
            .value("data")
            .flatMap(v -> v instanceof Value.Data d ? dataBlocks.plan(d) : Optional.empty());
    Architecture model = architecture.orElse(null);
    data.stream()
        .flatMap(plan -> plan.parts().stream())
        .forEach(plan -> checkData(plan, model, fields, place));
    Optional<Integer> sequence = fields.size("seq");
    if (model != null && sequence.isPresent()) {
      checkFilters(model, sequence.get(), fields.span("seq", place));
      checkPositions(model, sequence.get(), fields.span("seq", place));
    }
    DocumentBorders borders = data.map(DataPlan::borders).orElse(DocumentBorders.IGNORE);
    if (model != null && model.options().meta() > 0) {
      data.stream()
          .flatMap(plan -> plan.parts().stream())
          .filter(plan -> plan.borders() == DocumentBorders.RESET)
          .findFirst()
          .ifPresent(plan -> reportMeta(model, plan, fields.span("data", place)));
    }
    if (fields.real("carry").orElse(0.0) > 0) {
      Span carry = fields.span("carry", place);
      Carrying.obstacle(model, data.orElse(null))
          .ifPresent(reason -> evaluator.report(Code.CARRY_OF_NOTHING, carry, reason, null));
    }
    Recipes recipes = new Recipes(evaluator, fields, place);
    return recipes
        .build(model, borders)
        .filter(recipe ->
            data.isEmpty() || canBegin(recipe.sample(), data.get().parts(), fields, place))
        .filter(_ -> complete && evaluator.isCleanSince(before))
        .map(recipe -> {
          data.ifPresent(new Unreached(evaluator, recipe.steps())::warnOf);
          return new TrainPlan(
              declaration.name().text(),
              place,
              declaration.documentation(),
              model,
              data.orElse(null),
              recipe,
              List.of());
        });
  }

  /** Whether the sample at the end can begin as it should. */
  private boolean canBegin(Recipe.Sample sample, List<DataPlan> parts, Fields fields, Span place) {
    Optional<DataPlan> found = parts.stream().filter(DataPlan.Text.class::isInstance).findFirst();
    if (found.orElse(null) instanceof DataPlan.Text text) {
      try {
        if (text.tokenizer().prompt(sample.prompt()).length == 0) {
          evaluator.report(
              Code.NO_TOKEN,
              fields.span("sample", place),
              "the sample begins with \"%s\", of which the tokenizer makes no token"
                  .formatted(sample.prompt().replace("\n", "\\n")),
              "`sample = \"A\"`");
          return false;
        }
      } catch (UserError e) {
        evaluator.report(
            Code.NO_TOKEN,
            fields.span("sample", place),
            "the prompt in `sample` has a character without a token: %s".formatted(e.getMessage()),
            e.help());
        return false;
      }
    }
    return true;
  }

  /** A document may be as long as a sequence. */
  private void checkPositions(Architecture model, int sequence, Span place) {
    int positions = model.options().positions();
    int meta = model.options().meta();
    if (positions > 0 && positions < sequence + meta) {
      String longer = "`positions = %s` in the model".formatted(sequence + meta);
      evaluator.report(
          Code.OUT_OF_RANGE,
          place,
          "a sequence has %s tok%s, but `%s` learns the positions of %s"
              .formatted(
                  sequence,
                  meta == 0 ? "" : " and %s meta tokens".formatted(meta),
                  model.name(),
                  positions),
          positions > meta ? "`seq = %s tok`, or %s".formatted(positions - meta, longer) : longer);
    }
  }

  /** Meta tokens stand where a sequence begins, and nowhere else. */
  private void reportMeta(Architecture model, DataPlan data, Span place) {
    boolean text = data instanceof DataPlan.Text;
    evaluator.report(
        Code.META_TOKENS_WITHIN,
        place,
        "`%s` begins %s in the middle of a sequence (`%s`), but the %s meta tokens of `%s` stand only at its beginning"
            .formatted(
                data.name(),
                text ? "documents" : "examples",
                text ? "documents = reset" : "packing = whole",
                model.options().meta(),
                model.name()),
        (text ? "`documents = carry` in `data %s`" : "no `packing` in `data %s`")
            .formatted(data.name()));
  }

  /** Filters for tokens that no sequence has would never be trained. */
  private void checkFilters(Architecture model, int sequence, Span place) {
    for (Layer layer : model.layers()) {
      for (Part part : layer.parts()) {
        for (PartExpression.Conv conv : part.convolutions()) {
          if (conv.width() > sequence) {
            reportFilter(part, conv, sequence, place);
            return;
          }
        }
      }
    }
  }

  private void reportFilter(Part part, PartExpression.Conv conv, int sequence, Span place) {
    evaluator.report(
        Code.CONV_WIDTH,
        place,
        "a sequence has %s tok, but `%s` in `%s` reads %s tok, so a part of its filters would never be trained"
            .formatted(sequence, conv.span().words(), part.name(), conv.width()),
        "`seq = %s tok`, or a width of at most %s".formatted(conv.width(), sequence));
  }

  private void checkData(DataPlan data, @Nullable Architecture model, Fields fields, Span place) {
    if (model != null && model.vocabulary() < data.vocabulary()) {
      evaluator.report(
          Code.VOCABULARY_TOO_SMALL,
          fields.span("model", place),
          "the vocabulary of `%s` is %d, but %s %d values"
              .formatted(
                  model.name(),
                  model.vocabulary(),
                  data instanceof DataPlan.Text text
                      ? text.tokenizer().unit() + " have"
                      : "the tokens of the task have",
                  data.vocabulary()),
          "`vocab = %d`".formatted(data.vocabulary()));
    }
    if (data instanceof DataPlan.Examples examples) {
      fields
          .size("seq")
          .ifPresent(sequence -> checkLength(examples, sequence, fields.span("seq", place)));
    }
  }

  private void checkLength(DataPlan.Examples data, int sequence, Span place) {
    int length = data.examples().task().length();
    if (length == 0 || sequence == length || (data.isWhole() && sequence > length)) {
      return;
    }
    String one = "`seq = %d tok`".formatted(length);
    evaluator.report(
        Code.SEQUENCE_DIFFERS_FROM_TASK,
        place,
        "`seq` is %d tok, but an example of `%s` has %d tok, and each example is %s"
            .formatted(
                sequence, data.name(), length, data.isWhole() ? "in one sequence" : "one sequence"),
        sequence >= 2 * length
            ? one + ", or `packing = whole` in `data %s`".formatted(data.name())
            : one);
  }

  private boolean required(Fields fields, Declaration.Train declaration, Declaration.Body body) {
    boolean complete = true;
    for (Key key : Schemas.TRAIN.keys()) {
      if (key.isRequired() && !fields.has(key.name())) {
        complete = false;
        if (!Schemas.TRAIN.isMisspelt(key.name(), body)) {
          evaluator.report(
              Code.MISSING_KEY,
              declaration.name().span(),
              "`train %s` needs `%s` (%s)"
                  .formatted(declaration.name().text(), key.name(), key.meaning()),
              null);
        }
      }
    }
    return complete;
  }

  private Optional<Architecture> architecture(Declaration.Body body, Fields fields, Span place) {
    Optional<Value> model = fields.value("model");
    if (!(model.orElse(Value.UNKNOWN) instanceof Value.Model value)) {
      return Optional.empty();
    }
    Span written = fields.span("model", place);
    boolean named =
        body.entries().stream()
            .map(Declaration.Entry::value)
            .anyMatch(v -> v instanceof Expression.Name && v.span().equals(written));
    String name = named ? written.text() : value.declaration().name().text();
    return architectures.build(name, value, written);
  }
}
