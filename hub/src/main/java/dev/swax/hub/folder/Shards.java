package dev.swax.hub.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.weight.Numbers;
import dev.swax.hub.weight.WeightTable;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.checkpoint.DamagedFileException;
import dev.swax.runtime.checkpoint.NumberFormat;
import dev.swax.runtime.checkpoint.SafetensorsFile;
import dev.swax.runtime.checkpoint.TensorEntry;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** The tensors of a folder, mapped into memory: of one file, or of several with an index. */
public final class Shards implements AutoCloseable {
  public static final String ONE = "model.safetensors";
  public static final String INDEX = "model.safetensors.index.json";

  private final Arena arena = Arena.ofShared();
  private final Path folder;
  private final SequencedMap<String, Place> places = new LinkedHashMap<>();

  private record Place(String file, SafetensorsFile tensors, TensorEntry entry) {}

  private Shards(Path folder) {
    this.folder = folder;
  }

  /** Maps the files of a folder. */
  public static Shards open(Path folder) {
    var shards = new Shards(folder);
    try {
      if (Files.exists(folder.resolve(INDEX))) {
        shards.mapAll();
      } else if (Files.exists(folder.resolve(ONE))) {
        shards.map(ONE);
      } else {
        throw new UserError(
            "`%s` has neither %s nor %s, so there are no weights".formatted(folder, ONE, INDEX),
            null);
      }
      return shards;
    } catch (RuntimeException e) {
      shards.close();
      throw e;
    }
  }

  private void mapAll() {
    Path index = folder.resolve(INDEX);
    ObjectNode root = HubFolder.json(index);
    SequencedMap<String, String> files = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : root.path("weight_map").properties()) {
      files.put(entry.getKey(), entry.getValue().asText());
    }
    if (files.isEmpty()) {
      throw new UserError("`%s` has no `weight_map` with tensors".formatted(index), null);
    }
    for (String file : files.values().stream().distinct().sorted().toList()) {
      if (file.isEmpty() || file.contains("/") || file.contains("\\")) {
        throw new UserError(
            "`%s` names the file `%s`, which is not in its folder".formatted(index, file), null);
      }
      if (!Files.exists(folder.resolve(file))) {
        throw new UserError(
            "`%s` names the file `%s`, which is not there".formatted(index, file),
            "download it again; a shard is missing");
      }
      map(file);
    }
    files.forEach((tensor, file) -> {
      Place place = places.get(tensor);
      if (place == null || !place.file().equals(file)) {
        throw new UserError(
            "`%s` says that `%s` is in %s, but it is %s"
                .formatted(index, tensor, file, place == null ? "in none" : "in " + place.file()),
            null);
      }
    });
  }

  private void map(String file) {
    Path path = folder.resolve(file);
    try {
      SafetensorsFile tensors = SafetensorsFile.map(path, arena);
      for (TensorEntry entry : tensors.entries().values()) {
        Place before = places.put(entry.name(), new Place(file, tensors, entry));
        if (before != null) {
          throw new UserError(
              "`%s` is in %s and in %s".formatted(entry.name(), before.file(), file), null);
        }
      }
    } catch (DamagedFileException e) {
      throw new UserError(
          "`%s` is cut short or not a safetensors file: %s".formatted(path, e.getMessage()),
          "download it again");
    } catch (NoSuchFileException e) {
      throw new UserError("`%s` does not exist".formatted(path), null);
    } catch (IOException e) {
      throw new UserError("cannot read `%s`: %s".formatted(path, Reasons.of(e)), null);
    }
  }

  /**
   * Refuses tensors that are not those of the table, by name, shape or type, whichever comes first.
   */
  public void require(WeightTable table, String model) {
    table.aliases().forEach(this::rename);
    table
        .shapes()
        .forEach((name, shape) -> {
          Place place = places.get(name);
          if (place == null) {
            throw new UserError(
                "%s has a tensor `%s` %s, but `%s` has none".formatted(model, name, shape, folder),
                null);
          }
          requireType(place);
          if (!place.entry().shape().equals(shape)) {
            throw new UserError(
                "`%s` in %s has the shape %s, but %s with this config.json has %s"
                    .formatted(name, place.file(), place.entry().shapeText(), model, shape),
                null);
          }
        });
    table
        .copies()
        .forEach((name, original) -> {
          if (places.containsKey(name)) {
            requireCopy(name, original, model);
          }
        });
    places.forEach((name, place) -> {
      boolean known = table.shapes().containsKey(name) || table.copies().containsKey(name);
      if (!known && !name.endsWith(".rotary_emb.inv_freq")) {
        throw new UserError(
            "%s has a tensor `%s` %s, but %s with this config.json has none"
                .formatted(place.file(), name, place.entry().shapeText(), model),
            null);
      }
    });
  }

  private void rename(String other, String name) {
    Place place = places.get(other);
    if (place != null && places.putIfAbsent(name, place) == null) {
      places.remove(other);
    }
  }

  private void requireCopy(String name, String original, String model) {
    if (data(name).mismatch(data(original)) >= 0) {
      throw new UserError(
          "`%s` differs from `%s`, but in %s with `tie_word_embeddings` both are one"
              .formatted(name, original, model),
          "`\"tie_word_embeddings\": false` in config.json, if they are two");
    }
  }

  private static void requireType(Place place) {
    if (NumberFormat.find(place.entry().dtype()).isEmpty()) {
      throw new UserError(
          "`%s` in %s has numbers of type %s, but F32, F16 and BF16 can be read"
              .formatted(place.entry().name(), place.file(), place.entry().dtype()),
          null);
    }
  }

  /** The numbers of a tensor that is there. */
  public Numbers numbers(String name) {
    NumberFormat format = NumberFormat.find(place(name).entry().dtype()).orElseThrow();
    MemorySegment data = data(name);
    return index -> format.read(data, index);
  }

  private MemorySegment data(String name) {
    return place(name).tensors().data(place(name).entry());
  }

  private Place place(String name) {
    Place place = places.get(name);
    if (place == null) {
      throw new IllegalArgumentException("no tensor " + name);
    }
    return place;
  }

  /** The types of its numbers in words: {@code bf16}, {@code bf16 and fp32}. */
  public String formats() {
    List<String> formats =
        places.values().stream()
            .map(place -> NumberFormat.find(place.entry().dtype()).orElseThrow().toString())
            .distinct()
            .toList();
    return formats.stream().collect(Collectors.joining(" and "));
  }

  @Override
  public void close() {
    arena.close();
  }
}
