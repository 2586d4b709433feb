package dev.swax.hub.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.Blueprint;
import dev.swax.hub.PublishedClass;
import dev.swax.hub.catalog.Classes;
import dev.swax.hub.folder.HubFolder;
import dev.swax.hub.folder.TextLength;
import dev.swax.hub.layer.Words;
import dev.swax.runtime.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a published folder comes in.
 *
 * @param name of the model in the text
 * @param text of the swax file
 */
public record ImportPlan(
    Path folder, PublishedClass published, String name, String text, Blueprint blueprint) {

  /**
   * That of a folder; what it says must all be known.
   *
   * @param length of the texts that it is for, or null where that makes no difference
   */
  public static ImportPlan of(Path folder, @Nullable TextLength length) {
    ObjectNode config = HubFolder.config(folder);
    if (length != null) {
      length.choose(config);
    }
    String type = config.path("model_type").asText();
    if (type.isEmpty()) {
      throw new UserError(
          "`%s` has no `model_type`".formatted(folder.resolve(HubFolder.CONFIG)),
          "swax knows " + Classes.names());
    }
    if (config.hasNonNull("quantization_config")) {
      throw new UserError(
          "the weights of `%s` are quantized, but fp32, fp16 and bf16 can be read"
              .formatted(folder),
          null);
    }
    PublishedClass published = Classes.named(type);
    String source = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    String name = Words.name(source);
    Blueprint blueprint =
        published.read(
            folder.resolve(HubFolder.CONFIG).toString(), config, name, published.pairs());
    int sequence = Math.clamp(config.path("max_position_embeddings").asInt(1024), 1, 1024);
    boolean tokenizer = Files.exists(folder.resolve(HubFolder.TOKENIZER));
    String text = new ImportedText(published, source, name, blueprint, sequence, tokenizer).text();
    return new ImportPlan(folder, published, name, text, blueprint);
  }

  /** The name of the swax file. */
  public String file() {
    return name + ".swax";
  }

  /** How many numbers it has. */
  public long size() {
    return blueprint.weights().shapes().values().stream()
        .mapToLong(shape -> shape.stream().reduce(1L, Math::multiplyExact))
        .sum();
  }
}
