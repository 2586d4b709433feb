package dev.swax.benchmarks.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What to measure. Arguments are {@code key=value}; {@code benchmarks/run} says which.
 *
 * @param python a Python with PyTorch, or an empty text
 * @param script {@code benchmarks/training.py}
 * @param warmup steps of a side in Java that are not measured; Python needs two
 */
record Plan(
    Sizes sizes,
    List<Setting.Model> models,
    List<Integer> sequences,
    List<Peer> peers,
    String python,
    String script,
    int rounds,
    int warmup,
    int threads,
    boolean profile) {
  private static final Set<String> KEYS =
      Set.of(
          "size",
          "models",
          "sequences",
          "peers",
          "python",
          "script",
          "rounds",
          "warmup",
          "threads",
          "profile");

  Plan {
    models = List.copyOf(models);
    sequences = List.copyOf(sequences);
    peers = List.copyOf(peers);
    if (warmup < 2) {
      throw new IllegalArgumentException("the first two steps are compared, not measured");
    }
    if (python.isEmpty() && peers.stream().anyMatch(peer -> peer != Peer.LIBTORCH)) {
      throw new IllegalArgumentException(
          "PyTorch is compared where venv= names its virtual environment");
    }
  }

  static Plan of(String[] arguments) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String argument : arguments) {
      String[] pair = argument.split("=", 2);
      if (!KEYS.contains(pair[0]) || pair.length < 2) {
        throw new IllegalArgumentException("no argument " + argument);
      }
      values.put(pair[0], pair[1]);
    }
    Sizes sizes = Sizes.of(values.getOrDefault("size", "3m"));
    String python = values.getOrDefault("python", "");
    List<Peer> peers = python.isEmpty() ? List.of(Peer.LIBTORCH) : List.of(Peer.values());
    return new Plan(
        sizes,
        values.containsKey("models")
            ? list(values.get("models")).map(Setting.Model::of).toList()
            : List.of(Setting.Model.values()),
        values.containsKey("sequences")
            ? list(values.get("sequences")).map(Integer::valueOf).toList()
            : sizes.sequences(),
        values.containsKey("peers") ? list(values.get("peers")).map(Peer::of).toList() : peers,
        python,
        values.getOrDefault("script", "benchmarks/training.py"),
        Integer.parseInt(values.getOrDefault("rounds", "7")),
        Integer.parseInt(values.getOrDefault("warmup", "6")),
        Integer.parseInt(values.getOrDefault("threads", "2")),
        Boolean.parseBoolean(values.getOrDefault("profile", "false")));
  }

  private static Stream<String> list(String value) {
    return Arrays.stream(value.split(","));
  }
}
