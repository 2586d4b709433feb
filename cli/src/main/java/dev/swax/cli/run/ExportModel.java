package dev.swax.cli.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.cli.Host;
import dev.swax.hub.exchange.ExportPlan;
import dev.swax.hub.exchange.Exporter;
import dev.swax.hub.folder.HubFolder;
import dev.swax.hub.match.Sketch;
import dev.swax.runtime.checkpoint.NumberFormat;
import dev.swax.runtime.evaluate.Sampling;
import dev.swax.runtime.file.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes the newest checkpoint of a run as a published folder.
 *
 * @param type of the only class that is tried, or null
 */
public record ExportModel(
    Host host, Path run, Path out, NumberFormat format, @Nullable String type) {
  private static final JsonMapper JSON = new JsonMapper();

  public void write() {
    NewFolder.requireFree(out, "--to");
    SavedRun saved = SavedRun.read(run, host.console());
    int[] windows = Plans.windows(saved.model(), saved.plan().recipe().testWindows());
    Sketch sketch = Sketch.of(saved.model(), Arrays.stream(windows).boxed().toList());
    Path beside = Origin.place(run).file().resolveSibling(".").normalize();
    ExportPlan plan = ExportPlan.of(sketch, type, before(saved, beside));
    complete(plan, saved, beside);
    try (SavedWeights weights = saved.weights(host.console())) {
      var exporter =
          new Exporter(
              plan, format, name -> weights.parameters().get(name).value()::get, Exporter.SHARD);
      long all = exporter.size();
      var progress =
          new WorkProgress(
              host.console(), done -> String.format(Locale.ROOT, "%,d of %,d weights", done, all));
      NewFolder.make(
          out,
          target -> {
            exporter.write(target, progress);
            tokenizer(saved, beside, target);
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

  /** The class that the weights came from: it goes before others that compute the same. */
  private static @Nullable String before(SavedRun saved, Path beside) {
    return saved.isImported() && Files.exists(beside.resolve(HubFolder.CONFIG))
        ? HubFolder.config(beside).path("model_type").asText()
        : null;
  }

  /**
   * What a config.json says that the model does not: as the published one did, if there was one.
   */
  private void complete(ExportPlan plan, SavedRun saved, Path beside) {
    ObjectNode config = plan.config();
    int sequence = saved.plan().recipe().sequence();
    config.put("max_position_embeddings", sequence);
    List<String> keys = new ArrayList<>(List.of("bos_token_id", "eos_token_id", "pad_token_id"));
    keys.forEach(key -> config.putNull(key));
    if (!saved.isImported() || !Files.exists(beside.resolve(HubFolder.CONFIG))) {
      return;
    }
    ObjectNode before = HubFolder.config(beside);
    keys.add("max_position_embeddings");
    for (String key : keys) {
      if (before.has(key)) {
        config.set(key, before.get(key));
      }
    }
  }

  /** What goes along, and how text is drawn. */
  private static void tokenizer(SavedRun saved, Path beside, Path target) throws IOException {
    if (saved.isImported()) {
      List<String> along = new ArrayList<>(ImportModel.ALONG);
      along.remove(HubFolder.CONFIG);
      ImportModel.copyAlong(beside, target, along);
    }
    if (!Files.exists(target.resolve(HubFolder.GENERATION))) {
      NewFile.write(target.resolve(HubFolder.GENERATION), generation(saved) + "\n");
    }
  }

  private static String generation(SavedRun saved) {
    Sampling sampling = saved.plan().recipe().sample().sampling();
    ObjectNode json = JSON.createObjectNode();
    json.put("do_sample", sampling.temperature() > 0);
    if (sampling.temperature() > 0) {
      json.put("temperature", sampling.temperature()).put("top_k", sampling.topK());
    }
    return json.toPrettyString();
  }
}
