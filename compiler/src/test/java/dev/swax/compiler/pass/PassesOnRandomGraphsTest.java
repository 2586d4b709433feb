package dev.swax.compiler.pass;

import dev.swax.compiler.autodiff.Gradient;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.GraphVerifier;
import dev.swax.compiler.lower.Block;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.testing.GraphValues;
import dev.swax.compiler.testing.Models;
import dev.swax.compiler.testing.RandomBlocks;
import java.util.ArrayList;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a pass is given, what comes out of the graph stays the same. */
class PassesOnRandomGraphsTest {
  private static final int GRAPHS = 150;

  static Stream<Pass> passes() {
    return Stream.of(
        new AddIntoMatMul(),
        new DropUnused(),
        new ExpandSilu(),
        new FoldIdentities(),
        new ShareCommon(),
        new SpreadFirst());
  }

  @ParameterizedTest
  @MethodSource("passes")
  void ofBlocks(Pass pass) {
    LongStream.range(0, GRAPHS)
        .forEach(seed -> check(pass, RandomBlocks.of(seed, width(seed)).graph(), seed));
  }

  @ParameterizedTest
  @MethodSource("passes")
  void ofBlocksWithGradients(Pass pass) {
    LongStream.range(0, GRAPHS)
        .forEach(
            seed -> check(pass, Gradient.of(RandomBlocks.of(seed, width(seed)).graph()), seed));
  }

  @ParameterizedTest
  @MethodSource("passes")
  void ofModels(Pass pass) {
    for (long seed = 0; seed < 20; seed++) {
      LoweredModel model = LowerModel.lower(Models.random(seed, new int[] {3, 2}));
      var blocks = new ArrayList<Block>(model.kinds());
      blocks.add(model.head());
      for (Block block : blocks) {
        check(pass, block.graph(), seed);
        check(pass, Gradient.of(block.graph()), seed);
      }
    }
  }

  @Test
  void theWholePipelineAfterOneAnother() {
    for (long seed = 0; seed < GRAPHS; seed++) {
      Graph block = RandomBlocks.of(seed, width(seed)).graph();
      Graph before = Pipeline.beforeGradients(block);
      GraphValues.requireSame(block, before, seed, "before gradients");
      Graph gradients = Gradient.of(before);
      Graph after = Pipeline.afterGradients(gradients);
      GraphValues.requireSame(Gradient.of(block), after, seed, "after gradients");
    }
  }

  private static void check(Pass pass, Graph graph, long seed) {
    Graph rewritten = pass.run(graph);
    GraphVerifier.verify(graph, rewritten, pass.name() + " with seed " + seed);
    GraphValues.requireSame(graph, rewritten, seed, pass.name());
  }

  private static int width(long seed) {
    return 1 + (int) (seed * 7 % 24);
  }
}
