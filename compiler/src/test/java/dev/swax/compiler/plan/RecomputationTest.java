package dev.swax.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.compiler.Lowering;
import dev.swax.compiler.autodiff.Gradient;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.lower.Block;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.pass.Pipeline;
import dev.swax.compiler.testing.Models;
import dev.swax.compiler.testing.RandomBlocks;
import dev.swax.compiler.testing.WiredModels;
import dev.swax.runtime.train.Recompute;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a block keeps when it computes again, and that all is there where it is read. */
class RecomputationTest {
  private static final BlockPlan TRANSFORMER =
      Lowering.of(Models.transformer(2)).plan().kinds().getFirst();

  @Test
  void withoutAnythingAgainThePlanIsTheSame() {
    ModelPlan plan = Lowering.of(Models.transformer(2)).plan();
    assertThat(plan.with(Recompute.NONE)).isEqualTo(plan);
  }

  @Test
  void mixersKeepWhatEntersAndLeavesThem() {
    BlockPlan plan = Recomputation.of(TRANSFORMER, Recompute.MIXERS);
    assertThat(kept(TRANSFORMER))
        .containsExactly(
            "v8", "v", "q_rotated", "k_rotated", "v21", "out", "v30", "gate", "up", "v81");
    assertThat(kept(plan)).containsExactly("v8", "out", "v30", "gate", "up");
    assertThat(calls(plan)).containsExactly("q", "k", "v", "q_rotated", "k_rotated", "v21");
  }

  @Test
  void allKeepsNothing() {
    BlockPlan plan = Recomputation.of(TRANSFORMER, Recompute.ALL);
    assertThat(kept(plan)).isEmpty();
    assertThat(plan.savedColumns()).isZero();
    assertThat(calls(plan))
        .as("the last product is not needed")
        .containsExactly("q", "k", "v", "q_rotated", "k_rotated", "v21", "out", "gate", "up");
  }

  @Test
  void whatIsDroppedLiesAfterAllOtherScratch() {
    BlockPlan plan = Recomputation.of(TRANSFORMER, Recompute.ALL);
    assertThat(plan.scratchColumns())
        .isEqualTo(TRANSFORMER.scratchColumns() + TRANSFORMER.savedColumns());
  }

  @Test
  void againAndAgainIsRefused() {
    BlockPlan plan = Recomputation.of(TRANSFORMER, Recompute.MIXERS);
    assertThatThrownBy(() -> Recomputation.of(plan, Recompute.ALL))
        .hasMessage("full computes something again already");
  }

  /** Scratch is garbage after the forward pass; what is kept stays what it was. */
  @Test
  void allIsThereWhereItIsRead() {
    for (Block block : blocks()) {
      for (Recompute recompute : List.of(Recompute.MIXERS, Recompute.ALL)) {
        BlockPlan plan =
            Recomputation.of(ModelPlan.plan(block.with(RecomputationTest::trained)), recompute);
        var held = new HeldValues();
        held.run(plan.forward(), plan.forward().steps());
        Map<Place, ValueId> kept = held.kept();
        held.forgetScratch();
        held.run(plan.forward(), plan.again());
        assertThat(held.kept()).as("%s %s", recompute, plan).isEqualTo(kept);
        held.enter(plan.backward());
        held.run(plan.backward(), plan.backward().steps());
      }
    }
  }

  private static Graph trained(Graph graph) {
    return Pipeline.afterGradients(Gradient.of(Pipeline.beforeGradients(graph)));
  }

  private static List<Block> blocks() {
    var blocks = new ArrayList<Block>();
    for (long seed = 0; seed < 100; seed++) {
      blocks.add(RandomBlocks.of(seed, 1 + (int) (seed * 7 % 40)));
    }
    for (long seed = 0; seed < 40; seed++) {
      blocks.addAll(LowerModel.lower(Models.random(seed, new int[] {3, 2})).kinds());
    }
    for (WiredModels wired : WiredModels.values()) {
      blocks.addAll(wired.model().kinds());
    }
    return blocks;
  }

  private static Set<String> kept(BlockPlan plan) {
    Set<String> names = new LinkedHashSet<>();
    for (Place place : plan.forward().places().values()) {
      if (place instanceof Place.Saved saved) {
        names.add(saved.name());
      }
    }
    return names;
  }

  /** The heavy ops that run again. */
  private static List<String> calls(BlockPlan plan) {
    var names = new ArrayList<String>();
    for (Step step : plan.again()) {
      if (step instanceof Step.Call(Node node)) {
        names.add(node.name() == null ? "v" + node.id().index() : node.name());
      }
    }
    return names;
  }
}
