package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.lower.Block;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.lower.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * What the layers of a kind read of earlier layers. Which layer that is differs from layer to
 * layer, so the host says where the values begin: each has a word of {@code control}.
 */
final class LayerReads {
  private final SequencedMap<String, Integer> columns;

  /** The sources of the kind's first layer: those of the others have the same names. */
  private final Map<String, Source> sources;

  private final List<String> words;

  private LayerReads(Block block, Map<String, Source> sources) {
    this.columns = block.reads();
    this.sources = sources;
    this.words = columns.sequencedKeySet().stream().filter(name -> !isEmbedding(name)).toList();
  }

  static LayerReads of(LoweredModel model, Block block) {
    return IntStream.range(0, model.order().size())
        .filter(layer -> model.layer(layer).name().equals(block.name()))
        .mapToObj(layer -> new LayerReads(block, model.reads().get(layer)))
        .findFirst()
        .orElseGet(() -> new LayerReads(block, new LinkedHashMap<>()));
  }

  /** Whether it is the embedding that is read, which always lies in the same place. */
  boolean isEmbedding(String name) {
    return sources.get(name) instanceof Source.Embedding;
  }

  /** Floats a token. */
  int columns(String name) {
    return columns.getOrDefault(name, 0);
  }

  /** The word of {@code control} that says where it begins, counted from the first of them. */
  int index(String name) {
    return words.indexOf(name);
  }

  /** How many words there are. */
  int count() {
    return words.size();
  }

  /**
   * For each word of a layer the step whose values it reads, and the columns before them there:
   * {@code 1, 24, 3, 0}. Steps are counted from the embedding.
   */
  static CodeBlock places(LoweredModel model, int layer, List<BlockLayout> layouts) {
    return of(model, model.layer(layer)).words.stream()
        .map(name -> model.source(layer, name))
        .map(source -> {
          var export = (Source.Export) source;
          BlockLayout from = layouts.get(1 + model.order().get(export.layer()));
          return CodeBlock.of("$L, $L", 1 + export.layer(), from.exportBefore(export.name()));
        })
        .collect(CodeBlock.joining(", ", "{", "}"));
  }
}
