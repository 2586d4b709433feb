package dev.swax.compiler.dump;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Assumption;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.WindowVariable;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.model.part.PartPrinter;

/** A resolved model as JSON: every size a number, every layer spelled out, each with its line. */
final class ModelJson {
  private static final JsonMapper JSON = new JsonMapper();

  private ModelJson() {}

  static String render(Architecture model) {
    ObjectNode root = JSON.createObjectNode();
    root.put("name", model.name()).put("at", model.span().toString());
    root.put("width", model.width()).put("vocabulary", model.vocabulary());
    ObjectNode options = JSON.valueToTree(model.options());
    options.properties().removeIf(option -> option.getValue().isNull());
    root.setAll(options);
    if (model.options().meta() == 0) {
      root.remove("meta");
    }
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
      lines(node, layer.block().name(), layer.block());
      parts(node, layer.block());
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

  /** Each part that a body applies, under the name that its weights begin with. */
  private static void parts(ObjectNode layer, Part body) {
    for (PartExpression.Apply apply : body.applied()) {
      lines(layer, apply.parameter(), apply.part());
      if (!apply.part().applied().isEmpty()) {
        parts(layer.putObject(apply.parameter() + " parts"), apply.part());
      }
    }
  }

  private static void lines(ObjectNode layer, String name, Part body) {
    ArrayNode lines = layer.putArray(name);
    PartPrinter.explain(body).lines().forEach(lines::add);
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
