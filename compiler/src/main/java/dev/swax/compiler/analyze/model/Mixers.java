package dev.swax.compiler.analyze.model;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Fields;
import dev.swax.compiler.analyze.evaluate.Part;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.model.FeedForward;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.Mixer;
import dev.swax.compiler.model.UniqueNames;
import dev.swax.compiler.model.WindowVariable;
import dev.swax.compiler.source.Span;
import dev.swax.runtime.schedule.WindowSchedule;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The layers of one model: mixers and feed-forwards at its width, and the windows they share. */
final class Mixers {

  private final Evaluator evaluator;
  private final Placements placements;
  private final int width;
  private final Span widthSpan;
  private final int blocks;
  private final Map<Value, Optional<Mixer>> known = new IdentityHashMap<>();
  private final List<WindowVariable> windows = new ArrayList<>();
  private final Map<WindowSchedule, Integer> places = new LinkedHashMap<>();
  private final UniqueNames names = new UniqueNames();
  private int layers;

  Mixers(Evaluator evaluator, Placements placements, int width, Span widthSpan, int blocks) {
    this.evaluator = evaluator;
    this.placements = placements;
    this.width = width;
    this.widthSpan = widthSpan;
    this.blocks = blocks;
  }

  List<WindowVariable> windows() {
    return windows;
  }

  /**
   * The next layer, which an element of the pattern stands for, or empty after a report.
   *
   * @param ffn of the model, for layers that do not have their own
   */
  Optional<Layer> layer(Value.Item item, Value ffn) {
    layers++;
    Span span = item.span();
    Value value = item.value();
    if (value instanceof Value.Construct) {
      value = evaluator.coercion().coerce(value, Wanted.LAYER, "`layers`", span);
    }
    return switch (value) {
      case Value.Unknown _ -> Optional.empty();
      case Value.Built built when built.constructor() == Part.MIXER_ONLY ->
          mixerOf(built).map(mixer -> new Layer(span, mixer, null));
      case Value.Built built when built.constructor() == Part.FFN_ONLY ->
          feedForwardAlone(built, ffn, span);
      case Value.Built built when built.constructor() == Part.LAYER -> {
        FeedForward own = feedForwardOf(built).orElse(null);
        yield mixerOf(built).map(mixer -> new Layer(span, mixer, own));
      }
      case Value other ->
          mixer(other, span).map(mixer -> new Layer(span, mixer, feedForward(ffn).orElse(null)));
    };
  }

  private Optional<Layer> feedForwardAlone(Value.Built built, Value ffn, Span span) {
    Value.Item own = built.arguments().get("ffn");
    Value value = own == null ? ffn : own.value();
    if (value instanceof Value.Word) {
      evaluator.report(
          Code.EMPTY_LAYER,
          span,
          "this layer has no mixer, and `ffn` is none",
          "`ffn_only(swiglu(hidden: 256))`");
    }
    return feedForward(value).map(feedForward -> new Layer(span, null, feedForward));
  }

  private Optional<Mixer> mixerOf(Value.Built built) {
    Value.Item item = built.arguments().get("mixer");
    return item == null ? Optional.empty() : mixer(item.value(), item.span());
  }

  private Optional<FeedForward> feedForwardOf(Value.Built built) {
    Value.Item item = built.arguments().get("ffn");
    return item == null ? Optional.empty() : feedForward(item.value());
  }

  /** The feed-forward that a value stands for; empty for none. */
  Optional<FeedForward> feedForward(Value value) {
    if (!(value instanceof Value.Built built)) {
      return Optional.empty();
    }
    int hidden = Fields.size(built, "hidden").orElse(0);
    if (hidden > Architectures.LARGEST_INNER) {
      tooLarge("hidden", hidden, Fields.span(built, "hidden"));
      return Optional.empty();
    }
    FeedForward.Activation activation =
        built.constructor() == Part.GEGLU
            ? FeedForward.Activation.GELU
            : FeedForward.Activation.SILU;
    return Optional.of(new FeedForward(built.span(), activation, hidden));
  }

  private Optional<Mixer> mixer(Value value, Span use) {
    Optional<Mixer> found = known.get(value);
    if (found == null) {
      Value fitted = evaluator.coercion().coerce(value, Wanted.MIXER, "each of `layers`", use);
      found = resolve(fitted);
      if (!Placements.differsByLayer(fitted)) {
        known.put(value, found);
      }
    }
    return found;
  }

  private Optional<Mixer> resolve(Value fitted) {
    return switch (fitted) {
      case Value.Built built -> attention(built).map(attention -> attention);
      case Value.Memory memory ->
          placements
              .place(memory, width, blocks, layers - 1)
              .map(cell -> new Mixer.Memory(memory.span(), memory.label(), cell));
      default -> Optional.empty();
    };
  }

  private Optional<Mixer.Attention> attention(Value.Built built) {
    Optional<Integer> heads = heads(built);
    if (heads.isEmpty()) {
      return Optional.empty();
    }
    int keyHeads = Fields.size(built, "key_heads").orElse(heads.get());
    int headWidth = Fields.size(built, "head").orElse(width / heads.get());
    Double theta = Fields.real(built, "rope").orElse(null);
    boolean fits = keyHeadsDivide(built, heads.get(), keyHeads);
    fits &= theta == null || evenHead(built, headWidth);
    if ((long) heads.get() * headWidth > Architectures.LARGEST_INNER) {
      fits = tooLarge("heads * head", (long) heads.get() * headWidth, built.span());
    }
    return fits
        ? Optional.of(
            new Mixer.Attention(
                built.span(),
                built.label(),
                heads.get(),
                keyHeads,
                headWidth,
                window(built),
                theta))
        : Optional.empty();
  }

  /** Given, or as many as fit the width; they must divide it unless the head's width is given. */
  private Optional<Integer> heads(Value.Built built) {
    Optional<Integer> heads = Fields.size(built, "heads");
    Optional<Integer> head = Fields.size(built, "head");
    if (heads.isEmpty() && head.isEmpty()) {
      evaluator.report(
          Code.MISSING_KEY,
          built.span(),
          "`%s` needs `heads` or `head`".formatted(built.constructor().text()),
          null);
      return Optional.empty();
    }
    if (heads.isPresent() && head.isPresent()) {
      return heads;
    }
    String key = heads.isPresent() ? "heads" : "head";
    int divisor = heads.or(() -> head).orElseThrow();
    if (width % divisor != 0) {
      evaluator
          .diagnostics()
          .report(
              new Diagnostic(
                  Code.HEADS_DO_NOT_DIVIDE,
                  Fields.span(built, key),
                  "`%s` is %d, which does not divide `width` (%d)".formatted(key, divisor, width),
                  List.of(new Diagnostic.Note(widthSpan, "`width` comes from here")),
                  "`%s: %d`".formatted(key, nearestDivisor(width, divisor))));
      return Optional.empty();
    }
    return Optional.of(heads.isPresent() ? divisor : width / divisor);
  }

  private static int nearestDivisor(int number, int wanted) {
    int best = 1;
    for (int i = 1; (long) i * i <= number; i++) {
      if (number % i == 0) {
        best = nearer(wanted, best, i);
        best = nearer(wanted, best, number / i);
      }
    }
    return best;
  }

  private static int nearer(int wanted, int a, int b) {
    int closer = Integer.compare(Math.abs(a - wanted), Math.abs(b - wanted));
    return closer == 0 ? Math.min(a, b) : closer < 0 ? a : b;
  }

  private boolean keyHeadsDivide(Value.Built built, int heads, int keyHeads) {
    if (heads % keyHeads == 0) {
      return true;
    }
    evaluator.report(
        Code.KEY_HEADS_DO_NOT_DIVIDE,
        Fields.span(built, "key_heads"),
        "`key_heads` is %d, which does not divide `heads` (%d)".formatted(keyHeads, heads),
        "`key_heads: %d`".formatted(nearestDivisor(heads, keyHeads)));
    return false;
  }

  private boolean evenHead(Value.Built built, int headWidth) {
    if (headWidth % 2 == 0) {
      return true;
    }
    String key = built.arguments().containsKey("head") ? "head" : "heads";
    evaluator.report(
        Code.ODD_HEAD_WIDTH,
        Fields.span(built, key),
        "the head width is %d, but rotary positions rotate pairs of columns, so it must be even"
            .formatted(headWidth),
        "`rope: none`");
    return false;
  }

  /** The index of the layer's window among those of the model; -1 for full attention. */
  private int window(Value.Built built) {
    Value.Item item = built.arguments().get("window");
    if (item == null || !(item.value() instanceof Value.Window(WindowSchedule schedule))) {
      return -1;
    }
    return places.computeIfAbsent(
        schedule,
        _ -> {
          windows.add(new WindowVariable(names.fresh(built.label()), item.span(), schedule));
          return windows.size() - 1;
        });
  }

  private boolean tooLarge(String what, long size, Span span) {
    evaluator.report(
        Code.OUT_OF_RANGE,
        span,
        "`%s` is %d, but at most %d is allowed".formatted(what, size, Architectures.LARGEST_INNER),
        null);
    return false;
  }
}
