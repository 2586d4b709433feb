package dev.swax.cli.run;

import dev.swax.cli.Version;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.runtime.Hashes;
import dev.swax.runtime.UserError;
import dev.swax.runtime.rank.Ranks;
import dev.swax.runtime.train.Recipe;
import dev.swax.runtime.train.TrainingData;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** What processes need to train one model. */
final class Lanes {
  private Lanes() {}

  /** Refuses processes among which the lanes of a step cannot be divided. */
  static void require(Recipe recipe, Ranks ranks, Device device) {
    int size = ranks.size();
    if (size > 1 && device != Device.CPU) {
      throw new UserError(
          "%d processes were started, but `--device %s` trains in one".formatted(size, device),
          "leave out `--device`, or the launcher");
    }
    int lanes = recipe.lanes();
    if (lanes % size == 0) {
      return;
    }
    int fits = Math.min(Integer.highestOneBit(size), lanes);
    throw new UserError(
        "%d processes cannot divide %d %s: a step has %d %s of %d tokens"
            .formatted(
                size,
                lanes,
                lanes == 1 ? "lane" : "lanes",
                recipe.microBatches(),
                recipe.microBatches() == 1 ? "micro-batch" : "micro-batches",
                recipe.microBatch() * recipe.sequence()),
        help(recipe, size, fits));
  }

  private static String help(Recipe recipe, int size, int fits) {
    int sequences = recipe.batchTokens() / recipe.sequence();
    boolean small = Integer.bitCount(size) == 1 && sequences % size == 0;
    String fewer = "%d %s".formatted(fits, fits == 1 ? "process" : "processes");
    return small
        ? "`--set \"train.micro_batch=%d tok\" --set train.lanes=%d`, or %s"
            .formatted(recipe.batchTokens() / size, size, fewer)
        : fewer;
  }

  /** What decides the bits of a training. */
  static SequencedMap<String, String> facts(TrainPlan plan, CompiledModel code, TrainingData data) {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("the version of swax", Version.build());
    facts.put("the generated program", hash(code.source()));
    facts.putAll(plan.recipe().describe());
    facts.putAll(data.hashes());
    facts.put("vectors", Device.describeVectors());
    return facts;
  }

  private static String hash(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Hashes.sha256().digest(bytes));
  }
}
