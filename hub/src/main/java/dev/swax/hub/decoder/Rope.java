package dev.swax.hub.decoder;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.folder.Config;
import dev.swax.hub.layer.Words;
import dev.swax.runtime.UserError;
import dev.swax.runtime.kernel.rope.RopeScaling;
import dev.swax.runtime.kernel.rope.Rotation;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rotary positions as config.json says them.
 *
 * @param share of a head's channels that are turned
 */
public record Rope(double base, double share, RopeScaling scaling) {

  private static final String ORIGINAL = "original_max_position_embeddings";

  /**
   * Those of all layers: {@code rope_parameters} of new files, {@code rope_theta} and {@code
   * rope_scaling} of older ones.
   */
  public static Rope of(Config config) {
    double base = config.number("rope_theta");
    double share = config.number("partial_rotary_factor", 1);
    if (config.has("rope_parameters")) {
      return of(config, config.inside("rope_parameters"), base, share);
    }
    return of(config, config.inside("rope_scaling"), base, share);
  }

  /** Those of the layers of a type, {@code full_attention}; {@code base} if none is said. */
  public static Rope of(Config config, String type, double base) {
    if (config.has(ORIGINAL)) {
      throw config.wrong(ORIGINAL, "none beside positions by type of layer");
    }
    Config all = config.inside("rope_parameters");
    Rope rope = of(config, all.inside(type), base, 1);
    all.finish(Set.of("full_attention", "sliding_attention"));
    return rope;
  }

  /** With nothing but a base. */
  public static Rope plain(double base) {
    return new Rope(base, 1, new RopeScaling.None());
  }

  /** What an object says; its keys must all be known. */
  static Rope of(Config config, Config inside, double base, double share) {
    String type = inside.has("type") ? inside.word("type") : "default";
    if (inside.has("rope_type")) {
      type = inside.word("rope_type");
    }
    double theta = inside.number("rope_theta", base);
    double turned = inside.number("partial_rotary_factor", share);
    RopeScaling scaling = scaling(config, inside, type);
    inside.finish(Set.of(ORIGINAL, "attention_factor"));
    return new Rope(theta, turned, scaling);
  }

  private static RopeScaling scaling(Config config, Config inside, String type) {
    return switch (type) {
      case "default" -> new RopeScaling.None();
      case "linear" -> new RopeScaling.Linear(inside.number("factor"));
      case "llama3" ->
          new RopeScaling.Llama3(
              inside.number("factor"),
              inside.number("low_freq_factor"),
              inside.number("high_freq_factor"),
              original(config, inside));
      case "yarn" -> yarn(config, inside);
      case "longrope", "su" -> longRope(config, inside);
      default ->
          throw new UserError(
              "config.json has rotary positions of the type `%s`, but swax computes default, linear,"
                      .formatted(type)
                  + " llama3, yarn and longrope",
              null);
    };
  }

  /**
   * The context of the first training; what the file itself says goes before what an object says.
   */
  private static double original(Config config, Config inside) {
    if (config.has(ORIGINAL)) {
      return config.number(ORIGINAL);
    }
    return inside.has(ORIGINAL)
        ? inside.number(ORIGINAL)
        : config.number("max_position_embeddings");
  }

  private static RopeScaling yarn(Config config, Config inside) {
    double factor = inside.number("factor");
    double magnitude = RopeScaling.Yarn.magnitude(factor);
    if (inside.has("mscale") && inside.has("mscale_all_dim")) {
      magnitude = scaled(inside, "mscale", factor) / scaled(inside, "mscale_all_dim", factor);
    }
    inside.ignore("mscale", "mscale_all_dim");
    return new RopeScaling.Yarn(
        factor,
        original(config, inside),
        inside.number("beta_fast", 32),
        inside.number("beta_slow", 1),
        !inside.has("truncate") || inside.flag("truncate"),
        inside.number("attention_factor", magnitude));
  }

  /** Of the two lists for short and for long texts, a model has one. */
  private static RopeScaling longRope(Config config, Config inside) {
    List<Double> factors = inside.numbers("long_factor");
    if (!factors.equals(inside.numbers("short_factor"))) {
      throw inside.refused(
          "has another `long_factor` than `short_factor`, but a model here has one of them"
              + " for texts of any length",
          "`--positions short` for texts up to %d tokens, or `--positions long` for longer ones"
              .formatted((long) original(config, inside)));
    }
    double original = original(config, inside);
    double factor = inside.number("factor", config.number("max_position_embeddings") / original);
    double magnitude = RopeScaling.LongRope.magnitude(factor, original);
    return new RopeScaling.LongRope(factors, inside.number("attention_factor", magnitude));
  }

  private static double scaled(Config inside, String key, double factor) {
    return factor <= 1 ? 1 : 0.1 * inside.number(key) * Math.log(factor) + 1;
  }

  /** The object of config.json. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("rope_theta", base);
    if (share != 1) {
      json.put("partial_rotary_factor", share);
    }
    switch (scaling) {
      case RopeScaling.None() -> json.put("rope_type", "default");
      case RopeScaling.Linear(double factor) ->
          json.put("rope_type", "linear").put("factor", factor);
      case RopeScaling.Llama3(double factor, double low, double high, double original) ->
          json.put("rope_type", "llama3")
              .put("factor", factor)
              .put("low_freq_factor", low)
              .put("high_freq_factor", high)
              .put(ORIGINAL, (long) original);
      case RopeScaling.Yarn yarn -> {
        json.put("rope_type", "yarn")
            .put("factor", yarn.factor())
            .put("beta_fast", yarn.fast())
            .put("beta_slow", yarn.slow())
            .put("truncate", yarn.truncate())
            .put(ORIGINAL, (long) yarn.original());
        if (yarn.magnitude() != RopeScaling.Yarn.magnitude(yarn.factor())) {
          json.put("attention_factor", yarn.magnitude());
        }
      }
      case RopeScaling.LongRope(var factors, double magnitude) -> {
        // Both lists are the one that this model has, so that the length of a text decides nothing.
        json.put("rope_type", "longrope")
            .put("factor", 1)
            .put(ORIGINAL, 1)
            .put("attention_factor", magnitude);
        factors.forEach(json.putArray("short_factor")::add);
        factors.forEach(json.putArray("long_factor")::add);
      }
    }
    return json;
  }

  /** Says the share of a class whose files mean another one where they say none. */
  public static void sayShare(ObjectNode json, Optional<Rotation> rotation) {
    rotation.ifPresent(turned ->
        json.withObject("/rope_parameters")
            .put("partial_rotary_factor", (double) turned.columns() / turned.headWidth()));
  }

  /**
   * The call that turns a value by the base {@code rope}.
   *
   * @param pairs which channels are turned together
   */
  public String of(String value, Pairs pairs) {
    List<String> arguments = new ArrayList<>(List.of(value, "base: rope"));
    if (share != 1) {
      arguments.add("share: " + Words.number(share));
    }
    if (pairs == Pairs.HALF) {
      arguments.add("pairs: half");
    }
    if (!scale().isEmpty()) {
      arguments.add("scale: " + scale());
    }
    return "rotate(" + String.join(", ", arguments) + ")";
  }

  /** The argument {@code scale} of a rotation, or nothing. */
  String scale() {
    return switch (scaling) {
      case RopeScaling.None() -> "";
      case RopeScaling.Linear(double factor) -> "linear(%s)".formatted(Words.number(factor));
      case RopeScaling.Llama3(double factor, double low, double high, double original) ->
          "llama3(%s, original: %s, low: %s, high: %s)"
              .formatted(
                  Words.number(factor),
                  Words.number(original),
                  Words.number(low),
                  Words.number(high));
      case RopeScaling.Yarn yarn -> yarn(yarn);
      case RopeScaling.LongRope(var factors, double magnitude) ->
          "longrope([%s], magnitude: %s)"
              .formatted(
                  factors.stream().map(Words::number).collect(Collectors.joining(", ")),
                  Words.number(magnitude));
    };
  }

  private static String yarn(RopeScaling.Yarn yarn) {
    var text = new StringBuilder("yarn(").append(Words.number(yarn.factor()));
    text.append(", original: ").append(Words.number(yarn.original()));
    if (yarn.fast() != 32 || yarn.slow() != 1) {
      text.append(", fast: ").append(Words.number(yarn.fast()));
      text.append(", slow: ").append(Words.number(yarn.slow()));
    }
    if (!yarn.truncate()) {
      text.append(", truncate: false");
    }
    if (yarn.magnitude() != RopeScaling.Yarn.magnitude(yarn.factor())) {
      text.append(", magnitude: ").append(Words.number(yarn.magnitude()));
    }
    return text.append(")").toString();
  }
}
