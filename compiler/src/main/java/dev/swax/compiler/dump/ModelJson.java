package dev.swax.compiler.dump;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Assumption;
import dev.swax.compiler.model.FeedForward;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.Mixer;
import dev.swax.compiler.model.WindowVariable;
import dev.swax.compiler.model.cell.CellPrinter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A resolved model as JSON: every size a number, every layer spelled out, each with its line. */
final class ModelJson {
  private static final JsonMapper JSON = new JsonMapper();

  private ModelJson() {}

  static String render(Architecture model) {
    ObjectNode root = JSON.createObjectNode();
    root.put("name", model.name()).put("at", model.span().toString());
    root.put("width", model.width()).put("vocabulary", model.vocabulary());
    root.setAll(JSON.<ObjectNode>valueToTree(model.options()));
    ArrayNode windows = root.putArray("windows");
    for (WindowVariable window : model.windows()) {
      windows
          .addObject()
          .put("name", window.name())
          .put("at", window.span().toString())
          .put("schedule", window.schedule().describe());
    }
    ArrayNode layers = root.putArray("layers");
    for (Layer layer : model.layers()) {
      ObjectNode node = layers.addObject().put("at", layer.span().toString());
      mixer(node, layer.mixer(), model);
      feedForward(node, layer.feedForward());
    }
    ArrayNode assumptions = root.putArray("assumptions");
    for (Assumption assumption : model.assumptions()) {
      assumptions
          .addObject()
          .put("path", assumption.path())
          .put("value", assumption.value())
          .put("reason", assumption.reason())
          .put("at", assumption.span().toString());
    }
    return print(root);
  }

  private static void mixer(ObjectNode layer, @Nullable Mixer mixer, Architecture model) {
    switch (mixer) {
      case null -> layer.putNull("mixer");
      case Mixer.Attention attention -> {
        ObjectNode node = layer.putObject("mixer").put("attention", attention.name());
        node.put("heads", attention.heads()).put("keyHeads", attention.keyHeads());
        node.put("headWidth", attention.headWidth());
        node.put(
            "window",
            attention.window() < 0 ? null : model.windows().get(attention.window()).name());
        node.put("ropeTheta", attention.ropeTheta());
      }
      case Mixer.Memory memory -> {
        ObjectNode node = layer.putObject("mixer").put("memory", memory.name());
        ArrayNode lines = node.putArray("cell");
        CellPrinter.explain(memory.cell()).lines().forEach(lines::add);
      }
    }
  }

  private static void feedForward(ObjectNode layer, @Nullable FeedForward feedForward) {
    if (feedForward == null) {
      layer.putNull("feedForward");
      return;
    }
    layer
        .putObject("feedForward")
        .put("activation", feedForward.activation().name().toLowerCase(Locale.ROOT))
        .put("hidden", feedForward.hidden());
  }

  private static String print(ObjectNode root) {
    var indenter = new DefaultIndenter("  ", "\n");
    var printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    try {
      return JSON.writer(printer).writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of texts and numbers can always be written", e);
    }
  }
}
