package dev.swax.compiler.analyze.model;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Fields;
import dev.swax.compiler.analyze.evaluate.Key;
import dev.swax.compiler.analyze.evaluate.Lazy;
import dev.swax.compiler.analyze.evaluate.Models;
import dev.swax.compiler.analyze.evaluate.Redefinition;
import dev.swax.compiler.analyze.evaluate.Schemas;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.setting.Settings;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Assumption;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.ModelOptions;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Models to architectures: every size a number, every layer spelled out. */
public final class Architectures {
  private static final int LARGEST_WIDTH = 1 << 20;
  private static final int MOST_LAYERS = 4096;
  private static final int MOST_META = 1 << 16;

  private final Evaluator evaluator;
  private final Placements placements;
  private final Settings settings;

  public Architectures(Evaluator evaluator, Placements placements, Settings settings) {
    this.evaluator = evaluator;
    this.placements = placements;
    this.settings = settings;
  }

  /** The architecture of a model, or empty after a report. */
  public Optional<Architecture> build(String name, Value.Model model, Span use) {
    int before = evaluator.mark();
    List<String> settable = evaluator.models().settable(model, use);
    List<Redefinition> ours = settings.of("model", settable);
    Models.Resolved resolved = evaluator.models().resolve(Models.changed(model, ours), use);
    if (resolved == null) {
      return Optional.empty();
    }
    evaluator.progress().enter(new Lazy(name, () -> Value.UNKNOWN));
    Optional<Architecture> built;
    List<Assumption> assumptions;
    try {
      built = body(name, resolved, use);
    } finally {
      assumptions = evaluator.progress().leaveWithAssumptions();
    }
    evaluator.bodies().force(resolved.instance());
    boolean clean = evaluator.isCleanSince(before);
    return clean
        ? built.map(a -> finished(a, model.declaration().documentation(), assumptions))
        : Optional.empty();
  }

  /** Evaluates every name of a model that is only a start for others, so that it is checked. */
  public void check(Value.Model model, Span use) {
    Models.Resolved resolved = evaluator.models().resolve(model, use);
    if (resolved != null) {
      evaluator.bodies().force(resolved.instance());
    }
  }

  /** Whether the model has layers and a value for each parameter; otherwise it is only a start. */
  public boolean isComplete(Value.Model model, Span use) {
    return evaluator.models().isComplete(model, use);
  }

  private static Architecture finished(
      Architecture a, String documentation, List<Assumption> assumptions) {
    return new Architecture(
        a.name(),
        a.span(),
        documentation.isEmpty() ? a.documentation() : documentation,
        a.width(),
        a.vocabulary(),
        a.options(),
        a.norm(),
        a.layers(),
        a.windows(),
        assumptions);
  }

  private Optional<Architecture> body(String name, Models.Resolved resolved, Span use) {
    Declaration.Template declaration = resolved.declaration();
    Fields fields = new Fields(evaluator, resolved.instance(), Schemas.MODEL);
    Span place = declaration.name().span();
    if (!fields.has("layers")) {
      evaluator.report(
          Code.NO_LAYERS,
          use,
          "`%s` has no `layers`, so it is not a complete model".formatted(name),
          "`%s with { layers = … }`".formatted(name));
      return Optional.empty();
    }
    boolean complete = required(fields, name, declaration);
    Optional<Integer> width = fields.size("width").filter(w -> atMost(fields, w, place));
    Optional<Value> pattern = fields.value("layers");
    Optional<Value> ffn = fields.value("ffn");
    Optional<Integer> vocabulary = fields.size("vocab");
    ModelOptions options = options(fields);
    boolean drawn = new FirstValues(evaluator, fields, place).check(options.tied());
    boolean modest = modestMeta(fields, options.meta(), place);
    if (!(pattern.orElse(Value.UNKNOWN) instanceof Value.Items(List<Value.Item> items))) {
      return Optional.empty();
    }
    boolean fits = fills(fields, items.size(), name, place);
    if (width.isEmpty()) {
      return Optional.empty();
    }
    var windows = new ModelWindows();
    Value norm = fields.value("norm").orElse(Value.UNKNOWN);
    Value block = fields.value("block").orElse(Value.UNKNOWN);
    var model =
        new Surroundings(
            width.get(),
            items.size(),
            0,
            norm,
            windows,
            new EarlierLayers(items),
            new SharedParts(evaluator));
    var layers = new Layers(evaluator, placements, model, block, ffn.orElse(Value.UNKNOWN));
    List<Layer> built = new ArrayList<>();
    items.forEach(item -> layers.layer(item).ifPresent(built::add));
    Optional<Part> headNorm =
        norm instanceof Value.Part part
            ? placements.place(part, model, width.get())
            : Optional.empty();
    return !complete
            || !fits
            || !modest
            || !drawn
            || ffn.isEmpty()
            || vocabulary.isEmpty()
            || headNorm.isEmpty()
            || built.size() < items.size()
        ? Optional.empty()
        : Optional.of(
            new Architecture(
                name,
                use,
                declaration.documentation(),
                width.get(),
                vocabulary.get(),
                options,
                headNorm.get(),
                built,
                windows.all(),
                List.of()));
  }

  private static ModelOptions options(Fields fields) {
    boolean tied = fields.truth("tied").orElseThrow();
    double scale = fields.real("embedding_scale").orElseThrow();
    int positions = fields.size("positions").orElse(0); // none
    double logits = fields.real("logit_scale").orElseThrow();
    double cap = fields.real("logit_cap").orElse(0.0); // none
    int meta = fields.size("meta").orElse(0); // none
    return new ModelOptions(
        tied,
        scale,
        positions,
        logits,
        cap,
        fields.real(FirstValues.EMBEDDING).orElse(null),
        fields.real(FirstValues.HEAD).orElse(null),
        meta);
  }

  private boolean modestMeta(Fields fields, int meta, Span place) {
    if (meta > MOST_META) {
      evaluator.report(
          Code.MANY_META_TOKENS,
          fields.span("meta", place),
          "`meta` is %d, but a model has at most %d meta tokens".formatted(meta, MOST_META),
          "`meta = 128`");
    }
    return meta <= MOST_META;
  }

  private boolean required(Fields fields, String name, Declaration.Template declaration) {
    boolean complete = true;
    for (Key key : Schemas.MODEL.keys()) {
      if (key.isRequired() && !fields.has(key.name())) {
        complete = false;
        Optional<Expression.Name> meant = misspelt(declaration, key.name());
        evaluator.report(
            Code.MISSING_KEY,
            meant.map(Expression.Name::span).orElse(declaration.name().span()),
            "`%s` needs `%s` (%s)".formatted(name, key.name(), key.meaning())
                + meant.map(n -> ", but this is called `%s`".formatted(n.text())).orElse(""),
            meant.isPresent() ? "`%s`".formatted(key.name()) : null);
      }
    }
    return complete;
  }

  /** A parameter or a name of the model that is nearly called so. */
  private static Optional<Expression.Name> misspelt(Declaration.Template model, String key) {
    var names = new ArrayList<Expression.Name>();
    model.parameters().forEach(parameter -> names.add(parameter.name()));
    if (model.body() != null) {
      model.body().entries().stream()
          .filter(Declaration.Entry::let)
          .forEach(e -> names.add(e.key()));
    }
    Optional<String> nearest =
        DidYouMean.nearest(key, names.stream().map(Expression.Name::text).toList());
    return names.stream().filter(name -> nearest.equals(Optional.of(name.text()))).findFirst();
  }

  private boolean atMost(Fields fields, int width, Span place) {
    return width <= LARGEST_WIDTH
        || tooMany(fields.span("width", place), "`width` is %d, but at most %d is allowed", width);
  }

  private boolean tooMany(Span span, String message, int width) {
    evaluator.report(Code.OUT_OF_RANGE, span, message.formatted(width, LARGEST_WIDTH), null);
    return false;
  }

  private boolean fills(Fields fields, int layers, String name, Span place) {
    Span span = fields.span("layers", place);
    if (layers < 1 || layers > MOST_LAYERS) {
      evaluator.report(
          Code.OUT_OF_RANGE,
          span,
          "`%s` has %d layers, but a model has 1 to %d".formatted(name, layers, MOST_LAYERS),
          null);
      return false;
    }
    Optional<Integer> blocks = fields.size("blocks");
    if (blocks.isEmpty() || blocks.get() == layers) {
      return !fields.has("blocks") || blocks.isPresent();
    }
    evaluator
        .diagnostics()
        .report(
            new Diagnostic(
                Code.PATTERN_DOES_NOT_FILL,
                span,
                "`layers` has %d layers, but `blocks` is %d".formatted(layers, blocks.get()),
                List.of(
                    new Diagnostic.Note(fields.span("blocks", place), "`blocks` comes from here")),
                layers < blocks.get() ? "`cycle(%s, blocks)`".formatted(shown(span)) : null));
    return false;
  }

  private static String shown(Span span) {
    String text = span.text().replaceAll("\\s+", " ");
    return text.length() <= 60 ? text : "[…]";
  }
}
