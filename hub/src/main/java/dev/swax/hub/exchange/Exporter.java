package dev.swax.hub.exchange;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.folder.HubFolder;
import dev.swax.hub.folder.Shards;
import dev.swax.hub.weight.Numbers;
import dev.swax.hub.weight.Transfer;
import dev.swax.runtime.UserError;
import dev.swax.runtime.checkpoint.FileOpener;
import dev.swax.runtime.checkpoint.MadeTensor;
import dev.swax.runtime.checkpoint.NumberFormat;
import dev.swax.runtime.checkpoint.Safetensors;
import dev.swax.runtime.file.NewFile;
import dev.swax.runtime.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Writes the weights and the config.json of a published folder.
 *
 * @param parameters the numbers of the model's own parameters, by name
 * @param shard how many bytes a file of weights has at most, unless one tensor alone has more
 */
public record Exporter(
    ExportPlan plan, NumberFormat format, Function<String, Numbers> parameters, long shard) {
  /** What transformers takes by default. */
  public static final long SHARD = 5_000_000_000L;

  private static final float LARGEST_HALF = 65504;
  private static final JsonMapper JSON = new JsonMapper();

  /** How many numbers the folder will have. */
  public long size() {
    return plan.weights().shapes().values().stream()
        .mapToLong(shape -> shape.stream().reduce(1L, Math::multiplyExact))
        .sum();
  }

  /** Writes the files into a folder that is there; tells how many numbers are done. */
  public void write(Path folder, LongConsumer progress) throws IOException {
    long[] done = {0};
    List<MadeTensor> tensors = new ArrayList<>();
    plan.weights()
        .shapes()
        .forEach((name, shape) -> {
          tensors.add(
              new MadeTensor(
                  name,
                  format,
                  shape,
                  into -> {
                    fill(name, into);
                    done[0] += into.length();
                    progress.accept(done[0]);
                  }));
        });
    List<List<MadeTensor>> shards = shards(tensors);
    if (shards.size() == 1) {
      Safetensors.writeMade(folder.resolve(Shards.ONE), tensors, FileOpener.disk());
    } else {
      writeShards(folder, shards);
    }
    ObjectNode config = plan.config();
    config.putArray("architectures").add(plan.published().architecture());
    config.put("model_type", plan.published().type());
    config.put("dtype", dtype());
    NewFile.write(folder.resolve(HubFolder.CONFIG), config.toPrettyString() + "\n");
  }

  private String dtype() {
    return switch (format) {
      case F32 -> "float32";
      case F16 -> "float16";
      case BF16 -> "bfloat16";
    };
  }

  private void fill(String name, Tensor into) {
    Transfer.out(
        plan.weights(),
        name,
        into,
        parameter -> parameters.apply(Objects.requireNonNull(plan.names().get(parameter))));
    if (format == NumberFormat.F16) {
      for (long i = 0; i < into.length(); i++) {
        if (Math.abs(into.get(i)) > LARGEST_HALF) {
          throw new UserError(
              "`%s` has the weight %s, but fp16 ends at %s"
                  .formatted(name, into.get(i), LARGEST_HALF),
              "`--dtype bf16`");
        }
      }
    }
  }

  private List<List<MadeTensor>> shards(List<MadeTensor> tensors) {
    List<List<MadeTensor>> shards = new ArrayList<>();
    long free = 0;
    for (MadeTensor tensor : tensors) {
      if (shards.isEmpty() || tensor.bytes() > free) {
        shards.add(new ArrayList<>());
        free = shard;
      }
      shards.getLast().add(tensor);
      free -= tensor.bytes();
    }
    return shards;
  }

  private static void writeShards(Path folder, List<List<MadeTensor>> shards) throws IOException {
    ObjectNode index = JSON.createObjectNode();
    long bytes = shards.stream().flatMap(List::stream).mapToLong(MadeTensor::bytes).sum();
    index.putObject("metadata").put("total_size", bytes);
    ObjectNode map = index.putObject("weight_map");
    for (int i = 0; i < shards.size(); i++) {
      String file =
          String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, shards.size());
      Safetensors.writeMade(folder.resolve(file), shards.get(i), FileOpener.disk());
      shards.get(i).forEach(tensor -> map.put(tensor.name(), file));
    }
    NewFile.write(folder.resolve(Shards.INDEX), index.toPrettyString() + "\n");
  }
}
