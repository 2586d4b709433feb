package dev.swax.compiler.lower;

import dev.swax.compiler.ir.ExpertOp;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.lower.Block.BlockParameter;
import dev.swax.compiler.model.Routing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mixture of experts from the graph of one of them. Each value per token becomes one per row [T,
 * A * C], each parameter one for each expert, one below the other:
 *
 * <pre>
 * x                            becomes  dispatch x places
 * matmul x w                   becomes  matmul_E_experts x w owners
 * a row [1, C]                 becomes  rows_of_experts [E, C] owners
 * groups of columns            become   A times as many
 * </pre>
 */
final class LowerExperts {
  private final Routing routing;
  private final LowerRouting.Route route;
  private final Block expert;
  private final BlockBuilder out;
  private final int active;
  private final Map<ValueId, ValueId> moved = new LinkedHashMap<>();

  private LowerExperts(Routing routing, LowerRouting.Route route, Block expert, BlockBuilder out) {
    this.routing = routing;
    this.route = route;
    this.expert = expert;
    this.out = out;
    active = routing.choice().active();
  }

  /**
   * @param expert from `x` [T, D] to `y` [T, D]
   * @param router what the names of the router's parameters begin with
   * @param x [T, D]
   */
  static ValueId lower(Routing routing, Block expert, String router, ValueId x, BlockBuilder out) {
    LowerRouting.Route route = LowerRouting.lower(routing, router, x, out);
    return new LowerExperts(routing, route, expert, out).mixture(x);
  }

  private ValueId mixture(ValueId x) {
    for (Node node : expert.graph().nodes()) {
      out.graph().at(node.origin());
      moved.put(node.id(), move(node, x));
    }
    ValueId rows = at(expert.graph().result("y"));
    return routing.ofInput()
        ? add("combined", new ExpertOp.Combine(), rows, route.places())
        : add("combined", new ExpertOp.Combine(), rows, route.places(), route.weights());
  }

  private ValueId move(Node node, ValueId x) {
    return switch (node.op()) {
      case Op.Input _ ->
          routing.ofInput()
              ? add("rows", new ExpertOp.Dispatch(), x, route.places(), route.weights())
              : add("rows", new ExpertOp.Dispatch(), x, route.places());
      case Op.Parameter(String name, _) -> parameter(name, isMatrix(node.id()));
      case Op.MatMul(boolean left, boolean right, int blocks) when !left && blocks == 1 ->
          add(
              node.name(),
              new ExpertOp.MatMul(false, right, routing.choice().experts()),
              at(node.operand(0)),
              at(node.operand(1)),
              route.owners());
      case Op.SpreadRow(int groups) -> spreadRow(node, groups);
      case Op.SpreadGroups(int columns) -> same(node, new Op.SpreadGroups(active * columns));
      case Op.SumGroups(int groups) -> same(node, new Op.SumGroups(active * groups));
      case Op.Repeat(int groups, int times) -> same(node, new Op.Repeat(active * groups, times));
      case Op.Concat(int groups) -> same(node, new Op.Concat(active * groups));
      case Op.Slice(int groups, int from, int to) ->
          same(node, new Op.Slice(active * groups, from, to));
      case Op.Softmax(int groups) -> same(node, new Op.Softmax(active * groups));
      case Op.Constant _, Op.ConstantRow _ -> same(node, node.op());
      case Op.Unary _, Op.Binary _ -> elementwise(node);
      default -> throw new IllegalArgumentException("experts do not have " + node);
    };
  }

  /** Whether an expert multiplies with it; otherwise it is a row. */
  private boolean isMatrix(ValueId parameter) {
    return expert.graph().nodes().stream()
        .anyMatch(n -> n.op() instanceof Op.MatMul && n.operand(1).equals(parameter));
  }

  private ValueId parameter(String name, boolean matrix) {
    BlockParameter one =
        expert.parameters().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
    ValueId all =
        out.parameter(
            new BlockParameter(
                name,
                Math.multiplyExact(routing.choice().experts(), one.rows()),
                one.columns(),
                one.initializer(),
                one.decayed(),
                one.shared()));
    return matrix ? all : add(null, new ExpertOp.Rows(), all, route.owners());
  }

  /** What an expert has learnt stands in rows already; what is fixed is spread over all slots. */
  private ValueId spreadRow(Node node, int groups) {
    ValueId row = at(node.operand(0));
    TensorType type = out.graph().type(row);
    if (!type.perToken()) {
      return out.graph().add(new Op.SpreadRow(active * groups), row);
    }
    return groups == 1 ? row : out.graph().add(new Op.Repeat(active, groups), row);
  }

  private ValueId elementwise(Node node) {
    List<ValueId> operands = node.operands().stream().map(this::at).toList();
    boolean perRow = operands.stream().anyMatch(o -> out.graph().type(o).perToken());
    return out.graph()
        .add(node.op(), operands.stream().map(o -> perRow ? spread(o) : o).toList(), node.name());
  }

  /** A fixed row beside what an expert has learnt. */
  private ValueId spread(ValueId value) {
    TensorType type = out.graph().type(value);
    return type.perToken() || type.isScalar()
        ? value
        : out.graph().add(new Op.SpreadRow(active), value);
  }

  private ValueId same(Node node, Op op) {
    return out.graph().add(op, node.operands().stream().map(this::at).toList(), node.name());
  }

  private ValueId at(ValueId id) {
    ValueId to = moved.get(id);
    if (to == null) {
      throw new IllegalStateException("no value for " + id);
    }
    return to;
  }

  private ValueId add(@Nullable String name, ExpertOp op, ValueId... operands) {
    return out.graph().add(new Op.Experts(op), List.of(operands), name);
  }
}
