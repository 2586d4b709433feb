package dev.swax.benchmarks.training;

import java.util.Arrays;
import java.util.List;

/**
 * What to measure. Arguments are {@code key=value}: {@code models}, {@code sequences} (lists with
 * commas), {@code rounds}, {@code warmup} (steps), {@code threads}, {@code profile}.
 */
record Plan(
    List<Setting.Model> models,
    List<Integer> sequences,
    int rounds,
    int warmup,
    int threads,
    boolean profile) {
  Plan {
    models = List.copyOf(models);
    sequences = List.copyOf(sequences);
    if (warmup < 2) {
      throw new IllegalArgumentException("the first two steps are compared, not measured");
    }
  }

  static Plan of(String[] arguments) {
    var plan = new Plan(List.of(Setting.Model.values()), List.of(512, 2048, 8192), 7, 6, 2, false);
    for (String argument : arguments) {
      String[] pair = argument.split("=", 2);
      plan = plan.with(pair[0], pair.length == 2 ? pair[1] : "");
    }
    return plan;
  }

  private Plan with(String key, String value) {
    return switch (key) {
      case "models" ->
          new Plan(
              Arrays.stream(value.split(",")).map(Setting.Model::of).toList(),
              sequences,
              rounds,
              warmup,
              threads,
              profile);
      case "sequences" ->
          new Plan(
              models,
              Arrays.stream(value.split(",")).map(Integer::valueOf).toList(),
              rounds,
              warmup,
              threads,
              profile);
      case "rounds" ->
          new Plan(models, sequences, Integer.parseInt(value), warmup, threads, profile);
      case "warmup" ->
          new Plan(models, sequences, rounds, Integer.parseInt(value), threads, profile);
      case "threads" ->
          new Plan(models, sequences, rounds, warmup, Integer.parseInt(value), profile);
      case "profile" ->
          new Plan(models, sequences, rounds, warmup, threads, Boolean.parseBoolean(value));
      default -> throw new IllegalArgumentException("no argument " + key);
    };
  }
}
