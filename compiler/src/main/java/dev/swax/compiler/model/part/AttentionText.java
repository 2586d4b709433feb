package dev.swax.compiler.model.part;

import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.rope.RopeScaling;
import dev.swax.runtime.kernel.rope.Rotation;
import java.util.stream.Collectors;

/** The arguments of attention and rotations as they are written, but for those that are plain. */
final class AttentionText {
  private AttentionText() {}

  /** {@code base: 10000, share: 25%, pairs: half, scale: yarn(32, original: 4096)}. */
  static String of(Rotation rotation) {
    var text = new StringBuilder("base: ").append(PartText.number(rotation.base()));
    if (rotation.columns() != rotation.headWidth()) {
      double share = 100.0 * rotation.columns() / rotation.headWidth();
      text.append(", share: ").append(PartText.number(share)).append('%');
    }
    if (rotation.pairs() == Rotation.Pairs.HALF) {
      text.append(", pairs: half");
    }
    if (!(rotation.scaling() instanceof RopeScaling.None)) {
      text.append(", scale: ").append(of(rotation.scaling()));
    }
    return text.toString();
  }

  private static String of(RopeScaling scaling) {
    return switch (scaling) {
      case RopeScaling.None _ -> "none";
      case RopeScaling.Linear(double factor) -> "linear(" + PartText.number(factor) + ")";
      case RopeScaling.Llama3(double factor, double low, double high, double original) ->
          "llama3(%s, original: %s, low: %s, high: %s)"
              .formatted(
                  PartText.number(factor),
                  PartText.number(original),
                  PartText.number(low),
                  PartText.number(high));
      case RopeScaling.Yarn yarn ->
          "yarn(%s, original: %s, fast: %s, slow: %s%s, magnitude: %s)"
              .formatted(
                  PartText.number(yarn.factor()),
                  PartText.number(yarn.original()),
                  PartText.number(yarn.fast()),
                  PartText.number(yarn.slow()),
                  yarn.truncate() ? "" : ", truncate: false",
                  PartText.number(yarn.magnitude()));
      case RopeScaling.LongRope(var factors, double magnitude) ->
          "longrope([%s], magnitude: %s)"
              .formatted(
                  factors.stream().map(PartText::number).collect(Collectors.joining(", ")),
                  PartText.number(magnitude));
    };
  }

  /** {@code , mask: chunked(8192), scale: 0.5, cap: 50}. */
  static String of(AttentionShape shape) {
    var text = new StringBuilder();
    if (shape.chunk() > 0) {
      text.append(", mask: chunked(").append(shape.chunk()).append(')');
    }
    if (shape.scale() != 1 / Math.sqrt(shape.headWidth())) {
      text.append(", scale: ").append(PartText.number(shape.scale()));
    }
    if (shape.cap() > 0) {
      text.append(", cap: ").append(PartText.number(shape.cap()));
    }
    return text.toString();
  }
}
