package dev.swax.compiler.analyze;

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
  private final Settings settings;
  private boolean running;

  FileUsage(Evaluator evaluator, Module module, Settings settings) {
    this.evaluator = evaluator;
    this.module = module;
    this.settings = settings;
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
          .findFirst()
          .flatMap(this::usage);
    } finally {
      running = false;
    }
  }

  private Optional<Usage> usage(Declaration.Train train) {
    String name = train.name().text();
    Fields fields =
        new Fields(
            evaluator,
            evaluator
                .bodies()
                .instantiate(
                    name,
                    List.of(),
                    train.body().entries(),
                    Schemas.TRAIN,
                    module,
                    settings.of("train", name, SettingChecks.keys(Schemas.TRAIN, train.body())),
                    train.name().span()));
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
