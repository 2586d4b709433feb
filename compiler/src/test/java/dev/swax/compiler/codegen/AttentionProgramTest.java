package dev.swax.compiler.codegen;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.lower.Block;
import dev.swax.compiler.lower.BlockBuilder;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.testing.Models;
import dev.swax.compiler.testing.ProgramCheck;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.rope.RopeScaling;
import dev.swax.runtime.kernel.rope.Rotation;
import dev.swax.runtime.program.Initializer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs of two layers of attention with options beside the interpreter: their gradients, and
 * texts in segments that equal the whole, where no more keys are kept than must be.
 */
class AttentionProgramTest {
  private static final int WIDTH = 12;
  private static final int HEADS = 4;
  private static final int[] WINDOWS = {5};
  private static final Initializer ANY = new Initializer.Constant(1);

  private record Case(AttentionShape shape, int window, int context) {}

  static Stream<Case> cases() {
    var shape = new AttentionShape(HEADS, 2, 6);
    return Stream.of(
        new Case(shape.withChunk(7), -1, 6),
        new Case(shape.withChunk(4).withSinks().withValueWidth(3), -1, 3),
        new Case(shape.withCap(2).withSinks().withScale(1), 0, 4),
        new Case(shape.withValueWidth(9).withCap(1), -1, 30));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void programsAreWhatTheyMean(Case of) {
    try (Kernels kernels = new VectorKernels(2)) {
      for (long seed = 0; seed < 2; seed++) {
        var check = ProgramCheck.of(model(of), WINDOWS, seed);
        check.requireGradients(kernels, seed == 1);
        check.requireCarriedKeys(kernels, seed == 1, of.context, 4, 1, 1, 7, 2, 8, 1, 5);
      }
    }
  }

  private static LoweredModel model(Case of) {
    var layer = Models.layer(null, Models.silu(1));
    Architecture model = Models.of("random", WIDTH, false, 0, WINDOWS, List.of(layer, layer));
    LoweredModel lowered = LowerModel.lower(model);
    return new LoweredModel(
        model, lowered.embed(), List.of(block(of)), List.of(0, 0), lowered.head());
  }

  private static Block block(Case of) {
    var out = new BlockBuilder();
    AttentionShape shape = of.shape;
    ValueId x = out.input("x", WIDTH);
    var operands = new ArrayList<ValueId>();
    operands.add(rotate(project("q", x, shape.heads() * shape.headWidth(), out), HEADS, out));
    operands.add(rotate(project("k", x, shape.keyHeads() * shape.headWidth(), out), 2, out));
    operands.add(project("v", x, shape.keyHeads() * shape.valueWidth(), out));
    if (shape.sinks()) {
      operands.add(out.vector("sinks", HEADS, ANY));
    }
    ValueId y = out.graph().add(new Op.Attention(shape, of.window), operands, "attended");
    ValueId back = project("out", y, WIDTH, out);
    out.graph().result("y", out.binary(BinaryFunction.ADD, x, back));
    return out.build("attention");
  }

  private static ValueId project(String name, ValueId x, int columns, BlockBuilder out) {
    int rows = out.graph().type(x).columns();
    return out.matmul(name, x, out.matrix("w_" + name, rows, columns, ANY));
  }

  private static ValueId rotate(ValueId x, int heads, BlockBuilder out) {
    var scaling = new RopeScaling.Yarn(4, 20, 4, 1, false, 1.1);
    var rotation = new Rotation(6, 4, 100, Rotation.Pairs.HALF, scaling);
    return out.graph().add(new Op.Rope(heads, rotation, false), x);
  }
}
