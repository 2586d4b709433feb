package dev.swax.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.autodiff.Gradient;
import dev.swax.compiler.interpret.Bindings;
import dev.swax.compiler.interpret.Evaluation;
import dev.swax.compiler.interpret.Interpreter;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.lower.Block;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.pass.Pipeline;
import dev.swax.compiler.testing.GraphValues;
import dev.swax.compiler.testing.Models;
import dev.swax.compiler.testing.RandomBlocks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every plan must hold, on random blocks and on the layers of random models. */
class PlanInvariantsTest {
  private record Case(Block block, long seed) {}

  private static List<Case> cases() {
    var cases = new ArrayList<Case>();
    for (long seed = 0; seed < 200; seed++) {
      cases.add(new Case(RandomBlocks.of(seed, 1 + (int) (seed * 7 % 40)), seed));
    }
    for (long seed = 0; seed < 40; seed++) {
      for (Block kind : LowerModel.lower(Models.random(seed, new int[] {3, 2})).kinds()) {
        cases.add(new Case(kind, seed));
      }
    }
    return cases;
  }

  @Test
  void whatAStepReadsIsStillThere() {
    for (Case c : cases()) {
      Partition partition = partition(c.block());
      for (Graph graph : List.of(partition.forward(), partition.backward())) {
        requireIntact(PlanGraph.plan(graph, "kernel", new LinkedHashSet<>()), c.seed());
      }
    }
  }

  @Test
  void everyNodeRunsOnceAndAfterItsOperands() {
    for (Case c : cases()) {
      Partition partition = partition(c.block());
      requireOrder(partition.forward(), c.seed());
      requireOrder(partition.backward(), c.seed());
    }
  }

  @Test
  void bothPartsTogetherAreTheWhole() {
    for (Case c : cases()) {
      Graph whole = differentiated(c.block());
      Partition partition = partition(c.block());
      Bindings bindings = GraphValues.bindings(whole, c.seed());
      Evaluation expected = Interpreter.run(whole, bindings);
      Evaluation forward = Interpreter.run(partition.forward(), bindings);
      forward.results().forEach(bindings::value);
      bindings.value(Partition.HELD + "x", bindings.value("x"));
      bindings.value(Partition.HELD + "y", forward.result("y"));
      Evaluation backward = Interpreter.run(partition.backward(), bindings);
      expected
          .results()
          .forEach((name, value) -> {
            Evaluation part = name.equals("y") ? forward : backward;
            GraphValues.requireClose(name, value, part.result(name), c.seed(), "partition");
          });
    }
  }

  @Test
  void onlyLightWorkIsDoneAgain() {
    for (Case c : cases()) {
      Graph backward = partition(c.block()).backward();
      Set<ValueId> afterLoss = new LinkedHashSet<>();
      for (Node node : backward.nodes()) {
        if ((node.op() instanceof Op.Input(String name, _) && name.equals("dy"))
            || node.operands().stream().anyMatch(afterLoss::contains)) {
          afterLoss.add(node.id());
        }
        boolean heavy = node.op() instanceof Op.Heavy && !Partition.copies(node.op());
        assertThat(heavy && !afterLoss.contains(node.id()))
            .as("%s runs again, seed %d", node, c.seed())
            .isFalse();
      }
    }
  }

  @Test
  void everyResultHasAPlaceOfItsOwn() {
    for (Case c : cases()) {
      Partition partition = partition(c.block());
      for (Graph graph : List.of(partition.forward(), partition.backward())) {
        Set<ValueId> ids = new LinkedHashSet<>(graph.results().values());
        assertThat(ids).as("results, seed %d", c.seed()).hasSameSizeAs(graph.results().keySet());
      }
    }
  }

  private static Graph differentiated(Block block) {
    return Pipeline.afterGradients(Gradient.of(Pipeline.beforeGradients(block.graph())));
  }

  private static Partition partition(Block block) {
    return Partition.of(differentiated(block));
  }

  /** Walks the steps and remembers which value each column of scratch holds. */
  private static void requireIntact(GraphPlan plan, long seed) {
    Map<Integer, Place> owner = new LinkedHashMap<>();
    for (Step step : plan.steps()) {
      Set<ValueId> outputs = new LinkedHashSet<>(new StepValues(plan.graph()).outputs(step));
      for (ValueId read : reads(plan.graph(), step, plan)) {
        if (!outputs.contains(read) && plan.place(read) instanceof Place.Scratch scratch) {
          for (int c = scratch.offset(); c < scratch.offset() + scratch.columns(); c++) {
            assertThat(owner.get(c))
                .as("%s reads %s, seed %d", step, read, seed)
                .isEqualTo(scratch);
          }
        }
      }
      for (ValueId output : outputs) {
        if (plan.place(output) instanceof Place.Scratch scratch) {
          assertThat(scratch.offset() + scratch.columns())
              .isLessThanOrEqualTo(plan.scratchColumns());
          for (int c = scratch.offset(); c < scratch.offset() + scratch.columns(); c++) {
            owner.put(c, scratch);
          }
        }
      }
    }
  }

  /** What generated code loads: operands outside the step, behind spreads that have no place. */
  private static List<ValueId> reads(Graph graph, Step step, GraphPlan plan) {
    return switch (step) {
      case Step.Call(Node node) -> node.operands();
      case Step.Fused(RowKernel kernel) -> {
        var reads = new ArrayList<ValueId>();
        var open = new ArrayList<ValueId>();
        kernel.members().forEach(member -> open.addAll(graph.node(member).operands()));
        while (!open.isEmpty()) {
          ValueId id = open.removeLast();
          Node node = graph.node(id);
          if (kernel.members().contains(id) || node.op() instanceof Op.Constant) {
            continue;
          }
          if (plan.places().containsKey(id)) {
            reads.add(id);
          } else {
            assertThat(node.op() instanceof Op.Spread).as("%s has no place", node).isTrue();
            open.addAll(node.operands());
          }
        }
        yield reads;
      }
    };
  }

  private static void requireOrder(Graph graph, long seed) {
    var spreads = new Spreads(graph);
    Set<ValueId> done = new LinkedHashSet<>();
    for (Step step : Fusion.steps(graph, "kernel")) {
      List<ValueId> nodes =
          switch (step) {
            case Step.Call(Node node) -> List.of(node.id());
            case Step.Fused(RowKernel kernel) -> kernel.members();
          };
      for (ValueId id : nodes) {
        assertThat(done).as("%s, seed %d", graph.node(id), seed).doesNotContain(id);
        for (ValueId read : spreads.reads(graph.node(id))) {
          Node source = graph.node(read);
          ValueId from = source.op() instanceof Op.Part ? source.operand(0) : read;
          boolean leaf = graph.node(from).op() instanceof Op.Leaf;
          assertThat(leaf || done.contains(from)).as("%s, seed %d", graph.node(id), seed).isTrue();
        }
        done.add(id);
      }
    }
    for (Node node : graph.nodes()) {
      boolean runs =
          node.op() instanceof Op.Heavy
              || (node.op() instanceof Op.Light && !spreads.isInlined(node.id()));
      assertThat(done.contains(node.id())).as("%s, seed %d", node, seed).isEqualTo(runs);
    }
  }
}
