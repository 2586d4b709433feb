package dev.swax.compiler.testing;

import static dev.swax.compiler.model.cell.CellExpression.Norm.Weights.OWN;
import static dev.swax.compiler.testing.Models.SPAN;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.cell.Cell;
import dev.swax.compiler.model.cell.CellExpression;
import dev.swax.compiler.model.cell.HeadGroups;
import dev.swax.compiler.type.PartKind;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.rope.Rotation;
import dev.swax.runtime.program.Initializer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    private Cell block(int width, int layers, double epsilon) {
      CellExpression x = new CellExpression.Input(SPAN, width);
      var lines = new ArrayList<Cell.Definition>();
      if (mixer != null) {
        Cell attention = Parts.attention(mixer, width, layers);
        x = added(x, mixer.name(), attention, width, epsilon);
        if (feedForward != null) {
          lines.add(new Cell.Definition(SPAN, "h", x, null));
          x = new CellExpression.Reference(SPAN, "h", width);
        }
      }
      if (feedForward != null) {
        x = added(x, "ffn", Parts.feedForward(feedForward, width, layers), width, epsilon);
      }
      return cell(PartKind.BLOCK, "layer", width, 1, lines, x);
    }

    private static CellExpression added(
        CellExpression x, String name, Cell part, int width, double epsilon) {
      CellExpression normed =
          new CellExpression.Apply(SPAN, name + "_norm", norm(width, epsilon), x, width, true);
      return new CellExpression.Binary(
          SPAN,
          BinaryFunction.ADD,
          x,
          new CellExpression.Apply(SPAN, name, part, normed, width, true),
          width);
    }
  }

  /** RMSNorm over the width. */
  public static Cell norm(int width, double epsilon) {
    CellExpression x = new CellExpression.Input(SPAN, width);
    return cell(
        PartKind.NORM,
        "rmsnorm",
        width,
        1,
        List.of(),
        new CellExpression.Norm(SPAN, "norm", x, width, "width", 1, OWN, false, epsilon));
  }

  private static Cell attention(Attention of, int width, int layers) {
    var groups = new HeadGroups("key_heads", of.keyHeads());
    int size = of.headWidth();
    CellExpression x = new CellExpression.Input(SPAN, width);
    var lines =
        List.of(
            new Cell.Definition(SPAN, "q", linear("q", x, width, size, width), null),
            new Cell.Definition(SPAN, "k", linear("k", x, width, size, width), groups),
            new Cell.Definition(SPAN, "v", linear("v", x, width, size, width), groups));
    CellExpression attend =
        new CellExpression.Attend(
            SPAN,
            rotated("q", of.heads(), of),
            rotated("k", of.keyHeads(), of),
            new CellExpression.Reference(SPAN, "v", size),
            null,
            new AttentionShape(of.heads(), of.keyHeads(), size),
            of.window());
    CellExpression out =
        new CellExpression.Linear(
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

  private static CellExpression rotated(String name, int heads, Attention of) {
    var value = new CellExpression.Reference(SPAN, name, of.headWidth());
    return of.rope() == null
        ? value
        : new CellExpression.Rotate(
            SPAN, value, heads, Rotation.plain(of.headWidth(), of.rope()), of.headWidth());
  }

  private static Cell feedForward(FeedForward of, int width, int layers) {
    CellExpression x = new CellExpression.Input(SPAN, width);
    int hidden = of.hidden();
    var lines =
        List.of(
            new Cell.Definition(SPAN, "gate", linear("gate", x, width, hidden, width), null),
            new Cell.Definition(SPAN, "up", linear("up", x, width, hidden, width), null));
    CellExpression inner =
        new CellExpression.Binary(
            SPAN,
            BinaryFunction.MULTIPLY,
            new CellExpression.Unary(
                SPAN, of.activation(), new CellExpression.Reference(SPAN, "gate", hidden), hidden),
            new CellExpression.Reference(SPAN, "up", hidden),
            hidden);
    CellExpression down =
        new CellExpression.Linear(
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

  private static CellExpression linear(
      String name, CellExpression x, int inputs, int size, int width) {
    return new CellExpression.Linear(
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

  private static Cell cell(
      PartKind kind,
      String name,
      int width,
      int heads,
      List<Cell.Definition> lines,
      CellExpression output) {
    return new Cell(
        kind, name, SPAN, new LinkedHashMap<>(), width, heads, lines, null, output, null);
  }
}
