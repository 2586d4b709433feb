package dev.swax.cli.run;

import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.runtime.UserError;
import dev.swax.runtime.schedule.Moment;
import dev.swax.runtime.train.Manifest;
import dev.swax.runtime.train.Optimizer;
import dev.swax.runtime.train.Recipe;
import dev.swax.runtime.train.RunDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What settings change of a run that goes on: numbers of its recipe. Its model, its data, its seed
 * and the shape of its batches stay.
 */
record RecipeChange(Recipe before, Recipe after, DataPlan data, Manifest.Change noted) {
  private static final String NOT_SET = "not set";

  /** What a run begins with, and what a step is made of, so that all steps are of one kind. */
  private static final Set<String> KEPT =
      Set.of("train.seq", "train.batch", "train.seed", "train.borders", "train.weights");

  /** What settings change; refused where a run cannot change so. */
  static RecipeChange of(Path run, TrainPlan before, TrainPlan after, List<String> settings) {
    requireSameModel(before, after);
    requireSameData(before, after);
    SequencedMap<String, String> values = difference(before.recipe(), after.recipe());
    if (values.isEmpty()) {
      throw new UserError(
          "`--set %s` changes nothing: the run has it already".formatted(settings.getFirst()),
          null);
    }
    for (String key : values.keySet()) {
      if (KEPT.contains(key)) {
        throw refused(
            "`%s` stays as the run began with it (%s)"
                .formatted(key, before.recipe().describe().getOrDefault(key, NOT_SET)));
      }
    }
    Optimizer was = before.recipe().optimizer();
    Optimizer is = after.recipe().optimizer();
    if ((was.muon() == null) != (is.muon() == null)) {
      throw refused("what Muon and AdamW remember of gradients is not the same");
    }
    long done = RunDirectory.checkpoints(run, 1).steps().stream().findFirst().orElse(0L);
    if (after.recipe().steps() < done) {
      throw new UserError(
          "the run has done %d steps, but its budget would be %d"
              .formatted(done, after.recipe().steps()),
          "`--set train.budget=\"%d step\"` or more".formatted(done));
    }
    if (after.recipe().steps() == done && before.recipe().steps() == done) {
      throw new UserError(
          "the run has done all of its %d steps, so `--set %s` changes nothing"
              .formatted(done, settings.getFirst()),
          "`--set train.budget=\"%d step\"` too, or more".formatted(done + 1));
    }
    return new RecipeChange(
        before.recipe(),
        after.recipe(),
        Plans.data(after),
        new Manifest.Change(done, settings, values));
  }

  /** The program as it would be with the recipe before. */
  private static void requireSameModel(TrainPlan before, TrainPlan after) {
    String now = Plans.source(Plans.architecture(after), before.recipe());
    if (!now.equals(Plans.source(before))) {
      throw refused("that would be another model");
    }
  }

  private static void requireSameData(TrainPlan before, TrainPlan after) {
    if (!words(Plans.data(before)).equals(words(Plans.data(after)))) {
      throw refused("that would be other data");
    }
  }

  private static String words(DataPlan data) {
    return switch (data) {
      case DataPlan.Text text ->
          "%s %s %s".formatted(text.source(), text.tokenizer().describe(), text.packing().text());
      case DataPlan.Examples examples -> examples.examples().trainingHashes().toString();
      case DataPlan.Mixture mixture ->
          mixture.mixed().stream()
              .map(part -> part.share() + words(part.data()))
              .collect(Collectors.joining());
    };
  }

  private static UserError refused(String why) {
    return new UserError(
        "`resume --set` cannot change this: " + why,
        "`swax train FILE --set path=value --run-dir OTHER` starts another run");
  }

  /** Whether what is read depends on how long training is. */
  private static boolean dataChanges(DataPlan data) {
    return switch (data) {
      case DataPlan.Text _ -> false;
      case DataPlan.Examples(_, _, _, var examples) ->
          examples.earlier().stream().anyMatch(each -> each.until() instanceof Moment.Share);
      case DataPlan.Mixture mixture ->
          mixture.mixed().stream()
              .anyMatch(
                  part -> part.share().until() instanceof Moment.Share || dataChanges(part.data()));
    };
  }

  private static SequencedMap<String, String> difference(Recipe before, Recipe after) {
    SequencedMap<String, String> then = before.describe();
    SequencedMap<String, String> now = after.describe();
    SequencedMap<String, String> values = new LinkedHashMap<>();
    now.forEach((key, value) -> {
      if (!value.equals(then.get(key))) {
        values.put(key, value);
      }
    });
    for (String key : then.keySet()) {
      if (!now.containsKey(key)) {
        values.put(key, NOT_SET);
      }
    }
    return values;
  }

  /** For people: each value that changes, and what follows from the length of training. */
  List<String> lines() {
    long next = noted.step() + 1;
    List<String> lines = new ArrayList<>();
    boolean ends = next > after.steps();
    lines.add(
        (ends ? "the run ends with step %d:" : "from step %d on:")
            .formatted(ends ? next - 1 : next));
    SequencedMap<String, String> then = before.describe();
    for (Map.Entry<String, String> value : noted.values().entrySet()) {
      lines.add(
          "  %s = %s, was %s"
              .formatted(
                  value.getKey(), value.getValue(), then.getOrDefault(value.getKey(), NOT_SET)));
    }
    double rate = after.rate().at(next, after.steps());
    double was = before.rate().at(Math.min(next, before.steps()), before.steps());
    if (rate != was && !ends) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  the learning rate of step %d is %.3g; %s %.3g",
              next,
              rate,
              next > before.steps() ? "that of the last was" : "it would have been",
              was));
    }
    if (before.steps() != after.steps()
        && after.windows().values().stream().anyMatch(w -> w.describe().contains("%"))) {
      lines.add(
          "  windows that change after a share of training count %d steps"
              .formatted(after.steps()));
    }
    if (before.steps() != after.steps() && dataChanges(data)) {
      lines.add(
          "  shares and tasks that change after a share of training count %d steps"
              .formatted(after.steps()));
    }
    lines.add("model, data and their order stay as they are");
    return lines;
  }
}
