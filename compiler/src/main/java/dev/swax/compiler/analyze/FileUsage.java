package dev.swax.compiler.analyze;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Fields;
import dev.swax.compiler.analyze.evaluate.Models;
import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.analyze.evaluate.Schemas;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.train.Recipes;
import dev.swax.compiler.analyze.train.Trains;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.facts.Usage;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.type.Dimension;
import dev.swax.compiler.type.Quantity;
import dev.swax.compiler.type.Rational;
import java.util.List;
import java.util.Optional;

/** The sequence length and the steps of a file's first train block. */
final class FileUsage {
  private final Evaluator evaluator;
  private final Module module;
  private final Trains trains;
  private boolean running;

  FileUsage(Evaluator evaluator, Module module, Trains trains) {
    this.evaluator = evaluator;
    this.module = module;
    this.trains = trains;
  }

  /** Empty where no train block says it, or after a report. */
  Optional<Usage> find(Span use) {
    if (running) {
      evaluator.report(
          Code.DEPENDS_ON_ITSELF,
          use,
          "the train block depends on a cost that depends on the train block",
          "`seq: 2048 tok`");
      return Optional.empty();
    }
    running = true;
    try {
      return module.file().declarations().stream()
          .filter(Declaration.Train.class::isInstance)
          .map(Declaration.Train.class::cast)
          .filter(train -> train.parameters().stream().allMatch(p -> p.defaultValue() != null))
          .findFirst()
          .flatMap(this::usage);
    } finally {
      running = false;
    }
  }

  private Optional<Usage> usage(Declaration.Train train) {
    Models.Resolved resolved =
        trains.resolve(new Value.Train(train, module, List.of()), train.name().span(), List.of());
    if (resolved == null) {
      return Optional.empty();
    }
    Fields fields = new Fields(evaluator, resolved.instance(), Schemas.TRAIN);
    return fields.size("seq").map(sequence -> new Usage(sequence, 1, steps(fields), true));
  }

  private static long steps(Fields fields) {
    Optional<Quantity> budget = fields.quantity("budget");
    Optional<Rational> batch = fields.number("batch");
    if (budget.isEmpty() || batch.isEmpty()) {
      return Usage.UNKNOWN_STEPS;
    }
    boolean inSteps = budget.get().dimension().equals(Dimension.STEPS);
    Rational steps = inSteps ? budget.get().value() : budget.get().value().dividedBy(batch.get());
    Rational most = Rational.of(Recipes.MOST_STEPS);
    return Math.max(1, (steps.compareTo(most) > 0 ? most : steps.floor()).toLong());
  }
}
