package dev.swax.compiler.analyze.symbol;

import dev.swax.compiler.analyze.evaluate.Constructor;
import dev.swax.compiler.analyze.evaluate.Function;
import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.analyze.evaluate.Schema;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.analyze.grid.GridFunction;
import dev.swax.compiler.analyze.part.body.PartFunction;
import dev.swax.compiler.type.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** What every file knows, from the compiler's own tables. */
final class Language {
  private static final SequencedMap<String, Entity> NAMES = known();
  private static final SequencedMap<String, Entity> IN_BODIES = inBodies();
  private static final SequencedMap<String, Entity> IN_GRIDS = inGrids();

  private Language() {}

  private static SequencedMap<String, Entity> known() {
    SequencedMap<String, Entity> all = new LinkedHashMap<>();
    for (Constructor constructor : Constructor.all()) {
      String about = "Makes %s.".formatted(constructor.result().description());
      put(all, called(constructor.schema(), about));
    }
    for (Function function : Function.values()) {
      put(all, called(function.schema(), "Gives " + function.meaning() + "."));
    }
    Module.words().forEach(word -> put(all, word(word, "")));
    return all;
  }

  /** Built-in functions, constructors and words. */
  static SequencedMap<String, Entity> names() {
    return NAMES;
  }

  /** The functions of bodies of parts. */
  static SequencedMap<String, Entity> functionsOfBodies() {
    return IN_BODIES;
  }

  /** The functions of the lines of grids alone. */
  static SequencedMap<String, Entity> functionsOfGrids() {
    return IN_GRIDS;
  }

  /** What a body of a part knows beside its own names. */
  static SequencedMap<String, Entity> namesOfBodies() {
    SequencedMap<String, Entity> all = new LinkedHashMap<>();
    put(all, word("x", "The input: what the part is applied to."));
    put(all, word("embedding", "What the embedding gave: the stream before the first layer."));
    put(all, word("width", "The width of what the part is applied to."));
    put(all, word("blocks", "The number of layers of the model."));
    put(all, word("head", "The number of the head, from 0."));
    put(all, word("layer", "The number of the layer, from 0."));
    return all;
  }

  /** The types that a parameter may have. */
  static List<Symbol> types() {
    return Stream.of(ValueType.values())
        .filter(type -> !type.typeName().isEmpty())
        .map(type ->
            new Symbol(
                Symbol.Kind.TYPE, type.typeName(), null, type.typeName(), type.description()))
        .toList();
  }

  /** The keys of a schema that a file does not write. */
  static SequencedMap<String, Entity> keys(Schema schema) {
    SequencedMap<String, Entity> keys = new LinkedHashMap<>();
    schema
        .keys()
        .forEach(
            key -> put(keys, new Entity(Descriptions.key(key), key.wanted(), new Entity.Plain())));
    return keys;
  }

  private static Entity called(Schema schema, String about) {
    String detail = "%s(%s)".formatted(schema.construct(), String.join(", ", schema.names()));
    var symbol = new Symbol(Symbol.Kind.FUNCTION, schema.construct(), null, detail, about);
    return new Entity(symbol, Wanted.ANY, new Entity.Called(schema));
  }

  /** An argument of which nothing but its name is known. */
  static Entity argument(String name) {
    return Entity.plain(new Symbol(Symbol.Kind.KEY, name, null, name, ""));
  }

  static Entity word(String word, String documentation) {
    return Entity.plain(new Symbol(Symbol.Kind.WORD, word, null, word, documentation));
  }

  private static SequencedMap<String, Entity> inBodies() {
    SequencedMap<String, Entity> all = new LinkedHashMap<>();
    for (PartFunction.Signature function : PartFunction.signatures()) {
      put(all, applied(function.text(), function.arguments(), function.meaning()));
    }
    return all;
  }

  private static SequencedMap<String, Entity> inGrids() {
    SequencedMap<String, Entity> all = new LinkedHashMap<>();
    for (GridFunction function : GridFunction.values()) {
      if (!NAMES.containsKey(function.text())) {
        put(all, applied(function.text(), function.arguments(), function.meaning()));
      }
    }
    return all;
  }

  private static Entity applied(String name, List<String> arguments, String meaning) {
    String detail = "%s(%s)".formatted(name, String.join(", ", arguments));
    var symbol = new Symbol(Symbol.Kind.FUNCTION, name, null, detail, meaning);
    return new Entity(symbol, Wanted.ANY, new Entity.Applied(arguments));
  }

  private static void put(Map<String, Entity> names, Entity entity) {
    names.put(entity.symbol().name(), entity);
  }
}
