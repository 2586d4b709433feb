package dev.swax.compiler.model.part;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.model.Routing;
import dev.swax.compiler.source.Span;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.conv.ConvShape;
import dev.swax.runtime.kernel.rope.Rotation;
import dev.swax.runtime.kernel.scan.ScanShape;
import dev.swax.runtime.kernel.shift.ShiftShape;
import dev.swax.runtime.program.Initializer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checked expression of a part's body outside its state. {@code size} is the width per head: 1
 * for a scalar per head; for {@link Input} and whatever has the model width it is that width, not
 * per head.
 */
public sealed interface PartExpression {
  Span span();

  int size();

  /** The layer's normed input x, [width]. */
  record Input(Span span, int size) implements PartExpression {}

  /** What the embedding gave: the stream before the first layer, [width]. */
  record Embedding(Span span, int size) implements PartExpression {}

  /**
   * A value of an earlier layer.
   *
   * @param source which value
   * @param copies how many of {@code size} columns there are; 1 where it has the model's width
   */
  record Read(Span span, LayerValue source, int copies, int size, boolean toWidth)
      implements PartExpression {}

  /** A name defined earlier, or the recurrence's result. */
  record Reference(Span span, String name, int size) implements PartExpression {}

  /**
   * What reads a state, while the step that computes it is being written: known by its text and its
   * size only.
   *
   * @param toWidth whether the size is the model's width, not per head
   */
  record OfState(Span span, String text, int size, boolean toWidth) implements PartExpression {}

  /** The same number for every head, at every token. */
  record Constant(Span span, double value) implements PartExpression {
    @Override
    public int size() {
      return 1;
    }
  }

  /** A fixed number for each head, the same at every token. */
  record PerHead(Span span, List<Double> values) implements PartExpression {
    public PerHead {
      values = List.copyOf(values);
    }

    @Override
    public int size() {
      return 1;
    }
  }

  /** A value of groups, as each of their heads reads it. */
  record OfGroup(Span span, PartExpression operand, HeadGroups groups) implements PartExpression {
    @Override
    public int size() {
      return operand.size();
    }
  }

  /**
   * A projection with its own weights, from all columns of the operand to [heads * size], or to the
   * model width ({@code toWidth}; {@code size} is then the model width).
   *
   * @param parameter its name in the layer: `q`, `out`, `i`; its bias is called `i_bias`
   * @param inputs all columns of the operand
   * @param within what reads its own columns only, as it is written: head, or how many groups
   * @param blocks so many equal groups of columns; 1 where all are read
   */
  record Linear(
      Span span,
      String parameter,
      PartExpression operand,
      int inputs,
      int size,
      boolean toWidth,
      @Nullable String within,
      int blocks,
      Initializer weight,
      @Nullable Initializer bias)
      implements PartExpression {}

  /**
   * Two projections through a narrow middle, {@code (operand W_down) W_up + bias}, with W_down
   * [inputs, rank] and W_up [rank, heads * size].
   */
  record LowRank(
      Span span,
      String parameter,
      PartExpression operand,
      int inputs,
      int size,
      boolean toWidth,
      int rank,
      Initializer weight,
      @Nullable Initializer bias)
      implements PartExpression {}

  /**
   * A learnt value that is the same at every token: [heads * size], or the model width ({@code
   * toWidth}).
   *
   * @param parameter its name in the layer
   */
  record Weight(Span span, String parameter, int size, boolean toWidth, Initializer initializer)
      implements PartExpression {}

  /**
   * A learnt matrix [rows, size]: a parameter of a recurrence, and used nowhere else.
   *
   * @param parameter its name in the layer
   */
  record WeightMatrix(Span span, String parameter, int rows, int size, Initializer initializer)
      implements PartExpression {}

  /**
   * A causal convolution over the tokens of a document, each channel with a filter of its own, and
   * a bias.
   *
   * @param parameter its name in the layer: `q_conv`, [width, channels]; its bias is called
   *     `q_conv_bias`
   * @param channels all columns of the operand
   * @param size of the operand and of the result
   * @param width of the filters, in tokens
   */
  record Conv(
      Span span,
      String parameter,
      PartExpression operand,
      int channels,
      int size,
      int width,
      Initializer weight,
      @Nullable Initializer bias)
      implements PartExpression {
    /** Its kernel. */
    public ConvShape shape() {
      return new ConvShape(channels, width);
    }
  }

  /**
   * A value of the token before, 0 at the first one of a document.
   *
   * @param channels all columns of the operand
   */
  record Previous(Span span, PartExpression operand, int channels, int size)
      implements PartExpression {
    /** Its kernel. */
    public ShiftShape shape() {
      return new ShiftShape(channels);
    }
  }

  record Unary(Span span, UnaryFunction function, PartExpression operand, int size)
      implements PartExpression {}

  /** Elementwise; a scalar per head is spread over the other side. */
  record Binary(
      Span span, BinaryFunction function, PartExpression left, PartExpression right, int size)
      implements PartExpression {}

  /** {@code operand ^ exponent}; the operand is positive unless the exponent is whole. */
  record Power(Span span, PartExpression operand, double exponent, int size)
      implements PartExpression {}

  /** {@code left . right} per head: a scalar per head. */
  record Dot(Span span, PartExpression left, PartExpression right) implements PartExpression {
    @Override
    public int size() {
      return 1;
    }
  }

  /**
   * LayerNorm (mean subtracted, biased variance) or RMSNorm over each of {@code groups} equal
   * groups of channels, with a weight for each channel.
   *
   * @param over what a group is, as it is written: head, width or a parameter's name
   * @param groups as many as heads where each head is normalised by itself
   * @param weights for each channel
   */
  record Norm(
      Span span,
      String parameter,
      PartExpression operand,
      int size,
      String over,
      int groups,
      Weights weights,
      boolean subtractMean,
      double epsilon)
      implements PartExpression {

    /** Of every channel its own, one vector for all heads, or none. */
    public enum Weights {
      OWN,
      SHARED,
      NONE
    }
  }

  /**
   * A vector state after this token, {@code h' = decay * h + input}, where it stands beside the
   * state of the cell's recurrence.
   *
   * @param name of the state
   */
  record Scan(
      Span span, String name, PartExpression decay, PartExpression input, int heads, int size)
      implements PartExpression {
    public ScanShape shape() {
      return new ScanShape(heads, size);
    }
  }

  /**
   * Rotary positions on each head's channels.
   *
   * @param heads heads or groups of the operand
   */
  record Rotate(Span span, PartExpression operand, int heads, Rotation rotation, int size)
      implements PartExpression {}

  /**
   * The channels of two values: of each of {@code copies} heads or groups, or all of both.
   *
   * @param toWidth whether the size is that of all, not per head
   */
  record Concat(
      Span span, PartExpression left, PartExpression right, int copies, int size, boolean toWidth)
      implements PartExpression {}

  /** In each of {@code copies} heads or groups, each channel of one value times each of another. */
  record Products(Span span, PartExpression left, PartExpression right, int copies, int size)
      implements PartExpression {}

  /**
   * Softmax attention of q over k and v: [heads * size].
   *
   * @param k of groups of heads, or of heads; as wide as q
   * @param sinks a {@link Weight} of one number for each head, or null
   * @param window index into the model's windows, or -1 for full attention
   */
  record Attend(
      Span span,
      PartExpression q,
      PartExpression k,
      PartExpression v,
      @Nullable PartExpression sinks,
      AttentionShape shape,
      int window)
      implements PartExpression {
    @Override
    public int size() {
      return shape.valueWidth();
    }
  }

  /**
   * A part of its own, with weights of its own, applied to a value of the width that it was made
   * for.
   *
   * @param parameter what its weights' names begin with: `memory`, `ffn_norm`
   * @param toWidth whether the size is the model's width, not per head
   */
  record Apply(
      Span span, String parameter, Part part, PartExpression operand, int size, boolean toWidth)
      implements PartExpression {}

  /**
   * A mixture of experts, each of which is a part like {@code expert} with weights of its own.
   *
   * @param router what the names of the router's weights begin with
   */
  record Mixture(Span span, String router, Apply expert, Routing routing)
      implements PartExpression {
    @Override
    public int size() {
      return expert.size();
    }
  }

  /** {@code operand / sqrt(sum of squares over each head's channels + epsilon)}. */
  record UnitNorm(Span span, PartExpression operand, int size, double epsilon)
      implements PartExpression {}

  /** Whether this is a fixed number, for all heads or for each. */
  default boolean isFixed() {
    return this instanceof Constant || this instanceof PerHead;
  }

  /** What this is made of, in order. */
  default List<PartExpression> operands() {
    return switch (this) {
      case Input _,
          Embedding _,
          Read _,
          Reference _,
          OfState _,
          Constant _,
          PerHead _,
          Weight _,
          WeightMatrix _ ->
          List.of();
      case OfGroup of -> List.of(of.operand());
      case Linear linear -> List.of(linear.operand());
      case LowRank lowRank -> List.of(lowRank.operand());
      case Conv conv -> List.of(conv.operand());
      case Previous previous -> List.of(previous.operand());
      case Scan scan -> List.of(scan.decay(), scan.input());
      case Unary unary -> List.of(unary.operand());
      case Binary binary -> List.of(binary.left(), binary.right());
      case Power power -> List.of(power.operand());
      case Dot dot -> List.of(dot.left(), dot.right());
      case Norm norm -> List.of(norm.operand());
      case UnitNorm norm -> List.of(norm.operand());
      case Rotate rotate -> List.of(rotate.operand());
      case Attend attend ->
          attend.sinks() == null
              ? List.of(attend.q(), attend.k(), attend.v())
              : List.of(attend.q(), attend.k(), attend.v(), attend.sinks());
      case Concat concat -> List.of(concat.left(), concat.right());
      case Products products -> List.of(products.left(), products.right());
      case Apply apply -> List.of(apply.operand());
      case Mixture mixture -> List.of(mixture.expert());
    };
  }
}
