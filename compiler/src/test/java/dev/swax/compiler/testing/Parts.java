package dev.swax.compiler.testing;

import static dev.swax.compiler.model.part.PartExpression.Norm.Weights.OWN;
import static dev.swax.compiler.testing.Models.SPAN;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.part.HeadGroups;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.type.PartKind;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.rope.Rotation;
import dev.swax.runtime.program.Initializer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of {@code std/parts} as the analyzer would make them, for tests of what follows. */
public final class Parts {
  private static final double ROPE = 10_000;

  private Parts() {}

  /**
   * Attention without biases.
   *
   * @param window an index, or -1 for full attention
   * @param rope base of the rotary positions, or null for none
   */
  public record Attention(
      String name, int heads, int keyHeads, int headWidth, int window, @Nullable Double rope) {

    /** With rotary positions. */
    public Attention(String name, int heads, int keyHeads, int headWidth, int window) {
      this(name, heads, keyHeads, headWidth, window, ROPE);
    }
  }

  /** {@code down(activation(gate x) * up x)}. */
  public record FeedForward(UnaryFunction activation, int hidden) {}

  /** A layer of any width; either half may be missing. */
  public record Sketch(@Nullable Attention mixer, @Nullable FeedForward feedForward) {

    Layer at(int width, int layers, double epsilon) {
      return new Layer(SPAN, mixer == null ? "ffn" : mixer.name(), block(width, layers, epsilon));
    }

    private Part block(int width, int layers, double epsilon) {
      PartExpression x = new PartExpression.Input(SPAN, width);
      var lines = new ArrayList<Part.Definition>();
      if (mixer != null) {
        Part attention = Parts.attention(mixer, width, layers);
        x = added(x, mixer.name(), attention, width, epsilon);
        if (feedForward != null) {
          lines.add(new Part.Definition(SPAN, "h", x, null));
          x = new PartExpression.Reference(SPAN, "h", width);
        }
      }
      if (feedForward != null) {
        x = added(x, "ffn", Parts.feedForward(feedForward, width, layers), width, epsilon);
      }
      return cell(PartKind.BLOCK, "layer", width, 1, lines, x);
    }

    private static PartExpression added(
        PartExpression x, String name, Part part, int width, double epsilon) {
      PartExpression normed =
          new PartExpression.Apply(SPAN, name + "_norm", norm(width, epsilon), x, width, true);
      return new PartExpression.Binary(
          SPAN,
          BinaryFunction.ADD,
          x,
          new PartExpression.Apply(SPAN, name, part, normed, width, true),
          width);
    }
  }

  /** RMSNorm over the width. */
  public static Part norm(int width, double epsilon) {
    PartExpression x = new PartExpression.Input(SPAN, width);
    return cell(
        PartKind.NORM,
        "rmsnorm",
        width,
        1,
        List.of(),
        new PartExpression.Norm(SPAN, "norm", x, width, "width", 1, OWN, false, epsilon));
  }

  private static Part attention(Attention of, int width, int layers) {
    var groups = new HeadGroups("key_heads", of.keyHeads());
    int size = of.headWidth();
    PartExpression x = new PartExpression.Input(SPAN, width);
    var lines =
        List.of(
            new Part.Definition(SPAN, "q", linear("q", x, width, size, width), null),
            new Part.Definition(SPAN, "k", linear("k", x, width, size, width), groups),
            new Part.Definition(SPAN, "v", linear("v", x, width, size, width), groups));
    PartExpression attend =
        new PartExpression.Attend(
            SPAN,
            rotated("q", of.heads(), of),
            rotated("k", of.keyHeads(), of),
            new PartExpression.Reference(SPAN, "v", size),
            null,
            new AttentionShape(of.heads(), of.keyHeads(), size),
            of.window());
    PartExpression out =
        new PartExpression.Linear(
            SPAN,
            "out",
            attend,
            of.heads() * size,
            width,
            true,
            null,
            1,
            new Initializer.Normal(2.0 / (layers * Math.sqrt(width))),
            null);
    return cell(
        PartKind.CELL, of.window() < 0 ? "attention" : "swa", width, of.heads(), lines, out);
  }

  private static PartExpression rotated(String name, int heads, Attention of) {
    var value = new PartExpression.Reference(SPAN, name, of.headWidth());
    return of.rope() == null
        ? value
        : new PartExpression.Rotate(
            SPAN, value, heads, Rotation.plain(of.headWidth(), of.rope()), of.headWidth());
  }

  private static Part feedForward(FeedForward of, int width, int layers) {
    PartExpression x = new PartExpression.Input(SPAN, width);
    int hidden = of.hidden();
    var lines =
        List.of(
            new Part.Definition(SPAN, "gate", linear("gate", x, width, hidden, width), null),
            new Part.Definition(SPAN, "up", linear("up", x, width, hidden, width), null));
    PartExpression inner =
        new PartExpression.Binary(
            SPAN,
            BinaryFunction.MULTIPLY,
            new PartExpression.Unary(
                SPAN, of.activation(), new PartExpression.Reference(SPAN, "gate", hidden), hidden),
            new PartExpression.Reference(SPAN, "up", hidden),
            hidden);
    PartExpression down =
        new PartExpression.Linear(
            SPAN,
            "down",
            inner,
            hidden,
            width,
            false,
            null,
            1,
            new Initializer.Normal(2.0 / (layers * Math.sqrt(width))),
            null);
    String name = of.activation() == UnaryFunction.GELU ? "geglu" : "swiglu";
    return cell(PartKind.FFN, name, width, 1, lines, down);
  }

  private static PartExpression linear(
      String name, PartExpression x, int inputs, int size, int width) {
    return new PartExpression.Linear(
        SPAN,
        name,
        x,
        inputs,
        size,
        false,
        null,
        1,
        new Initializer.Normal(Math.sqrt(2.0 / (5.0 * width))),
        null);
  }

  private static Part cell(
      PartKind kind,
      String name,
      int width,
      int heads,
      List<Part.Definition> lines,
      PartExpression output) {
    return new Part(
        kind,
        name,
        SPAN,
        new LinkedHashMap<>(),
        width,
        heads,
        lines,
        null,
        output,
        null,
        new LinkedHashSet<>());
  }
}
