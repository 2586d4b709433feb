package dev.swax.cli.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.cli.Host;
import dev.swax.hub.exchange.ExportPlan;
import dev.swax.hub.exchange.Exporter;
import dev.swax.hub.folder.HubFolder;
import dev.swax.hub.match.Sketch;
import dev.swax.hub.tokenizer.PublishedTokenizer;
import dev.swax.hub.weight.Numbers;
import dev.swax.runtime.checkpoint.MappedWeights;
import dev.swax.runtime.checkpoint.NumberFormat;
import dev.swax.runtime.evaluate.Sampling;
import dev.swax.runtime.file.NewFile;
import dev.swax.runtime.train.RunFiles;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the newest checkpoint of a run as a published folder.
 *
 * @param shard how many bytes a file of weights has at most, unless one tensor alone has more
 * @param type of the only class that is tried, or null
 */
public record ExportModel(
    Host host, Path run, Path out, NumberFormat format, long shard, @Nullable String type) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> ENDS = List.of("bos_token_id", "eos_token_id", "pad_token_id");

  public void write() {
    NewFolder.requireFree(out, "--to");
    SavedRun saved = SavedRun.read(run, host.console());
    int[] windows = Plans.windows(saved.model(), saved.plan().recipe().testWindows());
    Sketch sketch = Sketch.of(saved.model(), Arrays.stream(windows).boxed().toList());
    Path beside = Origin.place(run).file().resolveSibling(".").normalize();
    ExportPlan plan = ExportPlan.of(sketch, type, before(saved, beside));
    Optional<PublishedTokenizer> tokenizer = tokenizer(saved);
    complete(plan, saved, beside, tokenizer);
    try (MappedWeights weights = saved.mapped(host.console())) {
      var exporter = new Exporter(plan, format, name -> numbers(weights.data(name)), shard);
      long all = exporter.size();
      var progress =
          new WorkProgress(
              host.console(),
              all,
              done -> String.format(Locale.ROOT, "%,d of %,d weights", done, all));
      NewFolder.make(
          out,
          target -> {
            exporter.write(target, progress);
            along(saved, beside, tokenizer, target);
          });
      progress.finish();
      host.console()
          .message(
              String.format(
                  Locale.ROOT,
                  "%s with %,d parameters in %s, in `%s`",
                  plan.published().architecture(),
                  all,
                  format,
                  out));
    }
  }

  private static Numbers numbers(MemorySegment data) {
    return index -> NumberFormat.F32.read(data, index);
  }

  /** The class that the weights came from: it goes before others that compute the same. */
  private static @Nullable String before(SavedRun saved, Path beside) {
    return saved.isImported() && Files.exists(beside.resolve(HubFolder.CONFIG))
        ? HubFolder.config(beside).path("model_type").asText()
        : null;
  }

  /** That of a run which was trained here; what an imported run has goes along as it is. */
  private Optional<PublishedTokenizer> tokenizer(SavedRun saved) {
    return saved.isImported()
        ? Optional.empty()
        : Optional.of(PublishedTokenizer.of(saved.tokenizer(), RunFiles.tokenizer(run)));
  }

  /**
   * What a config.json says that the model does not: as the published one did, if there was one.
   */
  private static void complete(
      ExportPlan plan, SavedRun saved, Path beside, Optional<PublishedTokenizer> tokenizer) {
    ObjectNode config = plan.config();
    config.put("max_position_embeddings", saved.plan().recipe().sequence());
    ENDS.forEach(config::putNull);
    tokenizer.ifPresent(made -> ends(made, config));
    if (!saved.isImported() || !Files.exists(beside.resolve(HubFolder.CONFIG))) {
      return;
    }
    ObjectNode before = HubFolder.config(beside);
    for (String key : Stream.concat(ENDS.stream(), Stream.of("max_position_embeddings")).toList()) {
      if (before.has(key)) {
        config.set(key, before.get(key));
      }
    }
  }

  private static void ends(PublishedTokenizer tokenizer, ObjectNode config) {
    tokenizer.begin().ifPresent(id -> config.put("bos_token_id", id));
    tokenizer.end().ifPresent(id -> config.put("eos_token_id", id));
  }

  /** What goes along, and how text is drawn. */
  private static void along(
      SavedRun saved, Path beside, Optional<PublishedTokenizer> tokenizer, Path target)
      throws IOException {
    ObjectNode generation = generation(saved);
    if (tokenizer.isPresent()) {
      tokenizer.get().write(target);
      ends(tokenizer.get(), generation);
    } else {
      List<String> along = new ArrayList<>(ImportModel.ALONG);
      along.remove(HubFolder.CONFIG);
      ImportModel.copyAlong(beside, target, along);
    }
    if (!Files.exists(target.resolve(HubFolder.GENERATION))) {
      NewFile.write(target.resolve(HubFolder.GENERATION), generation.toPrettyString() + "\n");
    }
  }

  private static ObjectNode generation(SavedRun saved) {
    Sampling sampling = saved.plan().recipe().sample().sampling();
    ObjectNode json = JSON.createObjectNode();
    json.put("do_sample", sampling.temperature() > 0);
    if (sampling.temperature() > 0) {
      json.put("temperature", sampling.temperature()).put("top_k", sampling.topK());
    }
    return json;
  }
}
