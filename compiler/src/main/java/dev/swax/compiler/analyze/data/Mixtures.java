package dev.swax.compiler.analyze.data;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Fields;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.type.Quantity;
import dev.swax.compiler.type.Rational;
import dev.swax.runtime.schedule.Moment;
import dev.swax.runtime.schedule.Share;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The sources of a mixture: other data blocks, each with its share. */
final class Mixtures {
  private final Evaluator evaluator;
  private final Function<Value.Data, Optional<DataPlan>> plans;

  /** {@code plans}: of a data block. */
  Mixtures(Evaluator evaluator, Function<Value.Data, Optional<DataPlan>> plans) {
    this.evaluator = evaluator;
    this.plans = plans;
  }

  /** The sources, or empty after a report. */
  Optional<List<DataPlan.Mixture.Part>> build(List<Value.Built> written, Span place) {
    int before = evaluator.mark();
    List<DataPlan.Mixture.Part> parts = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (Value.Built share : written) {
      part(share, names).ifPresent(parts::add);
    }
    if (evaluator.isCleanSince(before)) {
      requireAll(written, parts, place);
      requireOneKind(written, parts);
    }
    return evaluator.isCleanSince(before) ? Optional.of(parts) : Optional.empty();
  }

  private Optional<DataPlan.Mixture.Part> part(Value.Built share, Set<String> names) {
    if (!(Fields.value(share, "data").orElse(null) instanceof Value.Data data)) {
      return Optional.empty();
    }
    Span span = Fields.span(share, "data");
    String name = data.declaration().name().text();
    if (!names.add(name)) {
      evaluator.report(Code.MIXTURE_TWICE, span, "`%s` has a share already".formatted(name), null);
      return Optional.empty();
    }
    if (isMixture(data.declaration())) {
      evaluator.report(
          Code.MIXTURE_IN_MIXTURE,
          span,
          "`%s` is a mixture itself".formatted(name),
          "a share for each of its blocks");
      return Optional.empty();
    }
    Optional<Quantity> until = Fields.quantity(share, "from");
    Optional<Double> then = Fields.real(share, "later");
    if (until.isPresent() != then.isPresent()) {
      evaluator.report(
          Code.MISSING_KEY,
          share.span(),
          "a share that changes needs both `later` and `from`",
          "`later: 10%, from: 50%`");
      return Optional.empty();
    }
    Optional<Quantity> to = Fields.quantity(share, "to");
    if (to.isPresent() && (until.isEmpty() || !Moments.ascend(until.get(), to.get()))) {
      evaluator.report(
          Code.MOMENTS_NOT_IN_ORDER,
          Fields.span(share, "to"),
          until.isEmpty()
              ? "a share that has `to` needs `later` and `from`"
              : "`to` is %s, but it must be later than `from`, which is %s, in the same unit"
                  .formatted(to.get(), until.get()),
          "`later: 10%, from: 50%, to: 80%`");
      return Optional.empty();
    }
    double of = Fields.real(share, "of").orElse(0.0);
    if (of == 0 && then.orElse(0.0) == 0) {
      evaluator.report(
          Code.SHARE_OF_NOTHING,
          span,
          "`%s` has a share of 0%% from beginning to end, so it is never read".formatted(name),
          "leave it out");
      return Optional.empty();
    }
    Moment moment = until.map(Moments::moment).orElse(null);
    Moment reached = to.map(Moments::moment).orElse(null);
    return plans
        .apply(data)
        .map(plan ->
            new DataPlan.Mixture.Part(plan, new Share(of, moment, then.orElse(of), reached)));
  }

  private static boolean isMixture(Declaration.Data declaration) {
    return declaration.body().entries().stream()
        .anyMatch(entry -> !entry.let() && entry.key().text().equals("mix"));
  }

  private void requireAll(
      List<Value.Built> written, List<DataPlan.Mixture.Part> parts, Span place) {
    @Nullable Share change = null;
    for (int i = 0; i < parts.size(); i++) {
      Share share = parts.get(i).share();
      if (share.until() == null) {
        continue;
      }
      if (change != null
          && !(Objects.equals(share.until(), change.until())
              && Objects.equals(share.reached(), change.reached()))) {
        evaluator.report(
            Code.SHARES_NOT_ALL,
            Fields.span(written.get(i), "from"),
            "all shares that change do so together, %s as above".formatted(times(change)),
            null);
        return;
      }
      change = share;
    }
    sum(written, "of", "of", place);
    if (change != null) {
      sum(written, "later", "of", place);
    }
  }

  private static String times(Share share) {
    String from = Objects.requireNonNull(share.until()).describe();
    return share.reached() == null
        ? "at " + from
        : "from %s to %s".formatted(from, share.reached().describe());
  }

  /** Reports shares that are not 100 % together; {@code otherwise}: where a share has no other. */
  private void sum(List<Value.Built> written, String argument, String otherwise, Span place) {
    Rational sum = Rational.of(0);
    for (Value.Built share : written) {
      sum =
          sum.plus(
              Fields.number(share, argument)
                  .or(() -> Fields.number(share, otherwise))
                  .orElse(Rational.of(0)));
    }
    if (!sum.equals(Rational.ONE)) {
      evaluator.report(
          Code.SHARES_NOT_ALL,
          place,
          "the shares%s are %s%% together, not 100%%"
              .formatted(argument.equals("later") ? " of later" : "", sum.times(Rational.of(100))),
          null);
    }
  }

  /** All text has one tokenizer and one kind of borders. */
  private void requireOneKind(List<Value.Built> written, List<DataPlan.Mixture.Part> parts) {
    DataPlan.@Nullable Text first = null;
    for (int i = 0; i < parts.size(); i++) {
      if (!(parts.get(i).data() instanceof DataPlan.Text text)) {
        continue;
      }
      if (first == null) {
        first = text;
      } else if (!text.tokenizer().equals(first.tokenizer())) {
        differs(written.get(i), text, first, "another tokenizer than");
      } else if (!Objects.equals(text.borders(), first.borders())) {
        differs(written.get(i), text, first, "another value of `documents` than");
      }
    }
  }

  private void differs(
      Value.Built share, DataPlan.Text text, DataPlan.Text first, String difference) {
    evaluator.report(
        Code.MIXTURE_DIFFERS,
        Fields.span(share, "data"),
        "`%s` has %s `%s`".formatted(text.name(), difference, first.name()),
        "the same in both");
  }
}
