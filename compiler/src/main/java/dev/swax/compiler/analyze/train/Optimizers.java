package dev.swax.compiler.analyze.train;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Fields;
import dev.swax.compiler.analyze.evaluate.RecipeCall;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.facts.ParameterNames;
import dev.swax.compiler.model.Architecture;
import dev.swax.runtime.train.AdamW;
import dev.swax.runtime.train.Muon;
import dev.swax.runtime.train.Optimizer;
import dev.swax.runtime.train.ParameterGroup;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The optimizer of a train block, with its groups of parameters. */
final class Optimizers {
  private final Evaluator evaluator;

  Optimizers(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** The optimizer, or empty after a report. */
  Optional<Optimizer> build(Value.Built built, List<Value.Built> groups) {
    boolean fits = notNegative(built, "decay");
    if (built.constructor() == RecipeCall.MUON && Fields.real(built, "momentum").orElse(0.0) >= 1) {
      fits = false;
      outside(
          built,
          "momentum",
          "`momentum` must be below 1, or no gradient counts",
          "`momentum: 0.95`");
    }
    for (Value.Built group : groups) {
      fits &= notNegative(group, "lr") & notNegative(group, "decay") & changes(group);
    }
    return fits ? Optional.of(read(built, groups)) : Optional.empty();
  }

  /** Reports names of groups that mean no parameter of the model. */
  void requireParameters(List<Value.Built> groups, Architecture model) {
    List<String> parameters = groups.isEmpty() ? List.of() : ParameterNames.of(model);
    List<String> words =
        parameters.stream().flatMap(name -> Stream.of(name.split("\\."))).distinct().toList();
    for (Value.Built group : groups) {
      for (Value.Item name : Fields.written(group, "names")) {
        if (name.value() instanceof Value.Text(String text)
            && parameters.stream().noneMatch(p -> ParameterGroup.matches(text, p))) {
          evaluator.report(
              Code.GROUP_WITHOUT_PARAMETERS,
              name.span(),
              "no parameter of `%s` is called `%s`".formatted(model.name(), text),
              text.contains(".") || text.contains("*")
                  ? example(parameters)
                  : DidYouMean.help(text, words).orElse(example(parameters)));
        }
      }
    }
  }

  private static String example(List<String> parameters) {
    String longest =
        parameters.stream().max(Comparator.comparingInt(String::length)).orElse("embedding");
    return "a name such as `%s`, or words of it".formatted(longest);
  }

  private boolean changes(Value.Built group) {
    boolean changes =
        Fields.real(group, "lr").orElse(1.0) != 1 || Fields.real(group, "decay").isPresent();
    if (!changes) {
      evaluator.report(
          Code.GROUP_WITHOUT_EFFECT,
          group.span(),
          "this group has neither another rate nor another decay",
          "`lr: 0.1`, or `decay: 0`");
    }
    return changes;
  }

  private boolean notNegative(Value.Built built, String argument) {
    double value = Fields.real(built, argument).orElse(0.0);
    if (value < 0) {
      outside(
          built,
          argument,
          "`%s` must be 0 or more, but this is %s".formatted(argument, value),
          null);
    }
    return value >= 0;
  }

  private void outside(Value.Built built, String argument, String message, @Nullable String help) {
    evaluator.report(Code.OUT_OF_RANGE, Fields.span(built, argument), message, help);
  }

  /** What was written, which is in range. */
  static Optimizer read(Value.Built built, List<Value.Built> groups) {
    List<Double> betas = Fields.reals(built, "betas");
    var adamw =
        new AdamW(
            betas.getFirst(),
            betas.getLast(),
            Fields.real(built, "eps").orElseThrow(),
            Fields.real(built, "decay").orElseThrow(),
            Fields.real(built, "clip").orElse(0.0)); // none
    return new Optimizer(
        adamw,
        built.constructor() == RecipeCall.MUON ? muon(built) : null,
        groups.stream().map(Optimizers::group).toList());
  }

  private static Muon muon(Value.Built built) {
    String scale =
        Fields.value(built, "scale")
            .map(value -> value instanceof Value.Word(String word) ? word : "")
            .orElseThrow();
    return new Muon(
        Fields.real(built, "momentum").orElseThrow(),
        Fields.value(built, "nesterov").equals(Optional.of(new Value.Truth(true))),
        (int) Fields.number(built, "iterations").orElseThrow().toLong(),
        Stream.of(Muon.Scale.values())
            .filter(one -> one.text().equals(scale))
            .findFirst()
            .orElseThrow(),
        Fields.real(built, "rest").orElseThrow());
  }

  private static ParameterGroup group(Value.Built built) {
    List<String> names =
        Fields.items(built, "names").stream()
            .map(value -> value instanceof Value.Text(String text) ? text : "")
            .toList();
    return new ParameterGroup(
        names, Fields.real(built, "lr").orElseThrow(), Fields.real(built, "decay").orElse(null));
  }
}
