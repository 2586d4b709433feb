package dev.swax.compiler.model.cell;

import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.rope.RopeScaling;
import dev.swax.runtime.kernel.rope.Rotation;

/** The arguments of attention and rotations as they are written, but for those that are plain. */
final class AttentionText {
  private AttentionText() {}

  /** {@code base: 10000, share: 25%, pairs: half, scale: yarn(32, original: 4096)}. */
  static String of(Rotation rotation) {
    var text = new StringBuilder("base: ").append(CellText.number(rotation.base()));
    if (rotation.columns() != rotation.headWidth()) {
      double share = 100.0 * rotation.columns() / rotation.headWidth();
      text.append(", share: ").append(CellText.number(share)).append('%');
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
      case RopeScaling.Linear(double factor) -> "linear(" + CellText.number(factor) + ")";
      case RopeScaling.Llama3(double factor, double low, double high, double original) ->
          "llama3(%s, original: %s, low: %s, high: %s)"
              .formatted(
                  CellText.number(factor),
                  CellText.number(original),
                  CellText.number(low),
                  CellText.number(high));
      case RopeScaling.Yarn yarn ->
          "yarn(%s, original: %s, fast: %s, slow: %s%s, magnitude: %s)"
              .formatted(
                  CellText.number(yarn.factor()),
                  CellText.number(yarn.original()),
                  CellText.number(yarn.fast()),
                  CellText.number(yarn.slow()),
                  yarn.truncate() ? "" : ", truncate: false",
                  CellText.number(yarn.magnitude()));
    };
  }

  /** {@code , mask: chunked(8192), scale: 0.5, cap: 50}. */
  static String of(AttentionShape shape) {
    var text = new StringBuilder();
    if (shape.chunk() > 0) {
      text.append(", mask: chunked(").append(shape.chunk()).append(')');
    }
    if (shape.scale() != 1 / Math.sqrt(shape.headWidth())) {
      text.append(", scale: ").append(CellText.number(shape.scale()));
    }
    if (shape.cap() > 0) {
      text.append(", cap: ").append(CellText.number(shape.cap()));
    }
    return text.toString();
  }
}
