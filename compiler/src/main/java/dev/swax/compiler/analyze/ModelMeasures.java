package dev.swax.compiler.analyze;

import dev.swax.compiler.analyze.data.DataBlocks;
import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Function;
import dev.swax.compiler.analyze.evaluate.Measures;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.model.Architectures;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.facts.FlopCount;
import dev.swax.compiler.facts.ParameterCount;
import dev.swax.compiler.facts.ReceptiveField;
import dev.swax.compiler.facts.StateSize;
import dev.swax.compiler.facts.Usage;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.type.Quantity;
import dev.swax.compiler.type.Rational;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The cost functions, at the sequence length of the file's first train block; and the vocabulary of
 * data.
 */
final class ModelMeasures implements Measures {
  private final Evaluator evaluator;
  private final Architectures architectures;
  private final FileUsage usage;
  private final DataBlocks dataBlocks;

  ModelMeasures(
      Evaluator evaluator, Architectures architectures, FileUsage usage, DataBlocks dataBlocks) {
    this.evaluator = evaluator;
    this.architectures = architectures;
    this.usage = usage;
    this.dataBlocks = dataBlocks;
  }

  @Override
  public Value vocabulary(Value.Data data) {
    return dataBlocks.plan(data).map(plan -> number(plan.vocabulary())).orElse(Value.UNKNOWN);
  }

  @Override
  public Value measure(
      Function function, Value.Model model, @Nullable Rational sequence, Span span) {
    String name = model.declaration().name().text();
    Optional<Architecture> built = architectures.build(name, model, span);
    if (built.isEmpty()) {
      return Value.UNKNOWN;
    }
    Architecture architecture = built.get();
    return switch (function) {
      case PARAMETERS -> number(ParameterCount.of(architecture).total());
      case ACTIVE_PARAMETERS -> number(ParameterCount.of(architecture).active());
      case RECEPTIVE_FIELD -> receptiveField(architecture, span);
      case FLOPS_PER_TOKEN -> {
        Optional<Usage> at = usage(sequence, span);
        yield at.isEmpty()
            ? Value.UNKNOWN
            : new Value.Numeric(
                Quantity.of(
                    Rational.of(new BigDecimal(new FlopCount(architecture).perToken(at.get())))));
      }
      case STATE_BYTES -> {
        Optional<Usage> at = usage(sequence, span);
        yield at.isEmpty()
            ? Value.UNKNOWN
            : number(StateSize.bytes(architecture, at.get().sequence()));
      }
      default -> throw new IllegalArgumentException("not a measure: " + function);
    };
  }

  private Optional<Usage> usage(@Nullable Rational sequence, Span span) {
    Optional<Usage> known = usage.find(span);
    if (sequence == null) {
      if (known.isEmpty() && evaluator.isCleanSince(0)) {
        evaluator.report(
            Code.MISSING_KEY,
            span,
            "this depends on the length of the sequences, but no train block gives it",
            "`seq: 2048 tok`");
      }
      return known;
    }
    long steps = known.map(Usage::steps).orElse(Usage.UNKNOWN_STEPS);
    return Optional.of(new Usage((int) sequence.toLong(), 1, steps, true));
  }

  private Value receptiveField(Architecture architecture, Span span) {
    OptionalLong field = ReceptiveField.of(architecture);
    return field.isPresent()
        ? number(field.getAsLong())
        : evaluator.report(
            Code.UNBOUNDED,
            span,
            "the receptive field of `%s` has no limit: every earlier token reaches an output"
                .formatted(architecture.name()),
            null);
  }

  private static Value number(long value) {
    return new Value.Numeric(Quantity.of(value));
  }
}
