package dev.swax.hub.mamba;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.hub.decoder.DecoderConfig;
import dev.swax.hub.match.Sketch;
import dev.swax.hub.match.Walk;
import dev.swax.runtime.kernel.conv.ConvShape;
import dev.swax.runtime.kernel.memory.MemoryShape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The numbers of the first memory of a model, as if it were a Mamba-2. Whether it is one is decided
 * by comparing all of it.
 */
public record MambaGuess(
    MambaShape shape, GatedNorm.Kind norm, StepLimits limits, List<Double> times) {
  public MambaGuess {
    times = List.copyOf(times);
  }

  /** Of the first layer that has a memory with a scalar decay behind a convolution. */
  public static Optional<MambaGuess> of(Sketch sketch) {
    int width = sketch.model().architecture().width();
    return IntStream.range(0, sketch.layers())
        .mapToObj(layer -> new Walk(sketch.model().layer(layer).graph()))
        .flatMap(walk ->
            walk.first(MambaGuess::isMemory).stream()
                .flatMap(memory -> new Reading(walk, memory, width).guess().stream()))
        .findFirst();
  }

  /** The config.json of a hybrid with this memory, of one that says nothing. */
  public ObjectNode hybrid(Sketch sketch, ObjectNode silent) {
    ObjectNode json = new DecoderConfig(sketch, silent, false).json();
    shape.putHybrid(json);
    json.set("time_step_limit", limits.toJson());
    return json;
  }

  /** Whether a layer has one. */
  public static boolean isIn(Sketch sketch, int layer) {
    return sketch.recurrence(layer, MemoryShape.class).isPresent();
  }

  private static boolean isMemory(Node node) {
    return node.op() instanceof Op.Recurrence(MemoryShape shape)
        && shape.inputGate()
        && shape.forgetGate();
  }

  private static boolean isConv(Node node) {
    return node.op() instanceof Op.Recurrence(ConvShape _);
  }

  private static boolean isProduct(Node node) {
    return node.op() instanceof Op.MatMul;
  }

  private static boolean is(Node node, UnaryFunction function) {
    return node.op() instanceof Op.Unary(var own) && own == function;
  }

  private static boolean is(Node node, BinaryFunction function) {
    return node.op() instanceof Op.Binary(var own) && own == function;
  }

  /** The graph around one memory. */
  private record Reading(Walk walk, Node memory, int width) {
    Optional<MambaGuess> guess() {
      Optional<Node> conv = walk.nearest(walk.operand(memory, 2), MambaGuess::isConv);
      Optional<Node> out = walk.first(node -> isProduct(node) && walk.reads(node, memory));
      if (conv.isEmpty() || out.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new MambaGuess(
              shape(conv.get(), out.get()), norm(out.get()), limits(), times(out.get())));
    }

    private MambaShape shape(Node conv, Node out) {
      var memoryShape = (MemoryShape) ((Op.Recurrence) memory.op()).shape();
      var convShape = (ConvShape) ((Op.Recurrence) conv.op()).shape();
      int groups =
          walk.operand(memory, 0).op() instanceof Op.Repeat(int few, int _)
              ? few
              : memoryShape.heads();
      return new MambaShape(
          width,
          memoryShape.heads(),
          memoryShape.keyWidth(),
          memoryShape.valueWidth(),
          groups,
          convShape.width(),
          isBiased(conv),
          walk.nearest(walk.operand(conv, 0), MambaGuess::isProduct)
              .map(this::isBiased)
              .orElse(false),
          isBiased(out));
    }

    private boolean isBiased(Node node) {
      return walk.first(sum -> walk.isBiased(sum) && sum.operands().contains(node.id()))
          .isPresent();
    }

    private GatedNorm.Kind norm(Node out) {
      Optional<Node> root =
          walk.nearest(
              walk.operand(out, 0),
              node -> is(node, UnaryFunction.RECIPROCAL_SQRT) && walk.reads(node, memory));
      if (root.isEmpty()) {
        return GatedNorm.Kind.NONE;
      }
      return gate(out).map(gate -> walk.reads(root.get(), gate)).orElse(false)
          ? GatedNorm.Kind.GATE_FIRST
          : GatedNorm.Kind.NORM_FIRST;
    }

    /** What the result is multiplied by that the memory is not made of. */
    private Optional<Node> gate(Node out) {
      return walk.nearest(
          walk.operand(out, 0), node -> is(node, UnaryFunction.SILU) && !walk.reads(memory, node));
    }

    private StepLimits limits() {
      Node forget = walk.operand(memory, 4);
      double least = bound(forget, BinaryFunction.MAXIMUM, StepLimits.NONE.least());
      return new StepLimits(least, bound(forget, BinaryFunction.MINIMUM, StepLimits.NONE.most()));
    }

    private double bound(Node forget, BinaryFunction function, double otherwise) {
      return walk.nearest(forget, node -> is(node, function))
          .filter(node -> walk.nearest(node, step -> is(step, UnaryFunction.SOFTPLUS)).isPresent())
          .flatMap(walk::constant)
          .orElse(otherwise);
    }

    /** Of gate, values, B, C and steps. */
    private List<Double> times(Node out) {
      return List.of(
          gate(out).map(gate -> walk.factor(walk.operand(gate, 0))).orElse(1.0),
          convolved(2),
          convolved(1),
          convolved(0),
          walk.nearest(walk.operand(memory, 4), node -> is(node, UnaryFunction.SOFTPLUS))
              .flatMap(step -> walk.nearest(step, node -> is(node, BinaryFunction.MULTIPLY)))
              .filter(product -> !walk.nearest(product, MambaGuess::isProduct).isEmpty())
              .map(walk::factor)
              .orElse(1.0));
    }

    private double convolved(int operand) {
      return walk.nearest(walk.operand(memory, operand), MambaGuess::isConv)
          .map(conv -> walk.factor(walk.operand(conv, 0)))
          .orElse(1.0);
    }
  }
}
