package dev.swax.compiler.lower;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.Origin;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.model.part.HeadGroups;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.model.part.Recurrence;
import dev.swax.compiler.type.PartKind;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.program.Initializer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a part into a graph: the definitions with their names, the recurrence as one op, then the
 * output. A value of n channels per head is [T, heads * n], and a scalar per head is [T, heads].
 * Fixed numbers stay [1, 1] or [1, heads] until an op needs them for each token.
 */
final class LowerPart {
  /** No name of a weight has a point in it. */
  private static final String MEAN = "output.mean";

  private final Part part;
  private final String prefix;
  private final ValueId x;
  private final BlockBuilder out;
  private final Map<String, ValueId> names = new LinkedHashMap<>();
  private final Map<PartExpression, ValueId> lowered = new LinkedHashMap<>();
  // How many there are of a value: one for each head, or for each group.
  private int copies;
  private final Map<PartExpression, ValueId> weights = new LinkedHashMap<>();

  private final LowerProjection projections;

  private LowerPart(Part part, String prefix, ValueId x, BlockBuilder out) {
    this.part = part;
    this.prefix = prefix;
    this.x = x;
    this.out = out;
    copies = part.heads();
    projections = new LowerProjection(this::parameter, out);
  }

  /**
   * The output [T, width] of a part.
   *
   * @param name parameters are called {@code name.parameter}; where it is empty, {@code parameter}
   * @param x the input [T, width]
   */
  static ValueId lower(Part part, String name, ValueId x, BlockBuilder out) {
    Origin before = out.graph().origin();
    if (part.kind() == PartKind.CELL) {
      out.enterMixer();
    }
    var lower = new LowerPart(part, name, x, out);
    if (part.shared() != null) {
      out.share(name, part.shared());
    }
    part.own().forEach(weight -> out.own(lower.parameter(weight)));
    part.definitions().forEach(definition -> lower.named(definition.name()));
    String label = part.kind() == PartKind.NORM ? name : "out";
    ValueId whole = lower.perToken(lower.expression(part.output(), label));
    ValueId result = out.uncut(part, whole, lower.parameter(MEAN));
    lower.export(result);
    if (part.shared() != null) {
      out.endSharing();
    }
    out.graph().at(before);
    return result;
  }

  /** What later layers read. */
  private void export(ValueId result) {
    String before = prefix.isEmpty() ? "" : prefix + ".";
    for (Part.Definition definition : part.definitions()) {
      if (out.isRead(before + definition.name())) {
        out.export(before + definition.name(), perToken(named(definition.name())));
      }
    }
    if (out.isRead(before + Part.OUTPUT)) {
      out.export(before + Part.OUTPUT, result);
    }
  }

  /** The value of a definition or of the recurrence, made where it is first needed. */
  private ValueId named(String name) {
    ValueId known = names.get(name);
    if (known != null) {
      return known;
    }
    int before = copies;
    Recurrence recurrence = part.recurrence();
    ValueId id =
        recurrence != null && name.equals(recurrence.result())
            ? recurrence(recurrence)
            : defined(name);
    copies = before;
    names.put(name, id);
    return id;
  }

  private Part.Definition definition(String name) {
    return part.definitions().stream()
        .filter(definition -> definition.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("nothing defines " + name));
  }

  private ValueId defined(String name) {
    Part.Definition definition = definition(name);
    HeadGroups groups = definition.groups();
    copies = groups == null ? part.heads() : groups.count();
    return expression(definition.value(), name);
  }

  private ValueId recurrence(Recurrence recurrence) {
    copies = part.heads();
    var operands = new ArrayList<ValueId>();
    RecurrenceShape shape = recurrence.shape();
    recurrence
        .operands()
        .forEach((name, value) ->
            operands.add(
                shape.parameters().contains(name)
                    ? weight(value)
                    : spread(expression(value, name), shape.columns(name))));
    return out.graph().add(new Op.Recurrence(shape), operands, recurrence.result());
  }

  /** Equal expressions, written at the same place, are made once. */
  private ValueId expression(PartExpression expression, @Nullable String name) {
    ValueId known = lowered.get(expression);
    if (known != null) {
      return known;
    }
    ValueId id = make(expression, name);
    lowered.put(expression, id);
    return id;
  }

  private ValueId make(PartExpression expression, @Nullable String name) {
    return switch (expression) {
      case PartExpression.Input _ -> x;
      case PartExpression.Embedding(_, int size) ->
          at(expression).read(new Source.Embedding(), LoweredModel.EMBEDDING, size);
      case PartExpression.Read read -> at(read).read(read.source(), read.copies() * read.size());
      case PartExpression.Reference reference -> named(reference.name());
      case PartExpression.OfGroup of -> ofGroup(of);
      case PartExpression.OfState _ ->
          throw new IllegalArgumentException("a state is read outside its step: " + expression);
      case PartExpression.Constant(_, double value) -> at(expression).constant(value);
      case PartExpression.PerHead(_, var values) ->
          at(expression).graph().add(new Op.ConstantRow(values));
      case PartExpression.Linear linear ->
          projections.linear(
              linear,
              perToken(expression(linear.operand(), null)),
              columns(linear.size(), linear.toWidth()),
              name);
      case PartExpression.LowRank lowRank ->
          projections.lowRank(
              lowRank,
              perToken(expression(lowRank.operand(), null)),
              columns(lowRank.size(), lowRank.toWidth()),
              name);
      case PartExpression.Conv conv ->
          projections.conv(conv, perToken(expression(conv.operand(), null)), name);
      case PartExpression.Previous previous -> {
        ValueId operand = perToken(expression(previous.operand(), null));
        yield add(previous, name, new Op.Recurrence(previous.shape()), operand);
      }
      case PartExpression.Scan scan -> scan(scan);
      case PartExpression.Unary unary -> {
        ValueId operand = expression(unary.operand(), null);
        yield add(expression, name, new Op.Unary(unary.function()), operand);
      }
      case PartExpression.Binary binary -> binary(binary, name);
      case PartExpression.Power power ->
          LowerPower.lower(power, expression(power.operand(), null), name, at(power));
      case PartExpression.Dot dot -> dot(dot, name);
      case PartExpression.Norm norm -> norm(norm, name);
      case PartExpression.UnitNorm norm -> {
        ValueId operand = perToken(expression(norm.operand(), null));
        String label = name == null ? "l2norm" : name;
        yield at(norm).unitNorm(label, operand, copies, norm.epsilon());
      }
      case PartExpression.Rotate rotate -> {
        ValueId operand = perToken(expression(rotate.operand(), null));
        String label = name == null ? rotated(rotate.operand()) : name;
        yield add(rotate, label, new Op.Rope(rotate.heads(), rotate.rotation(), false), operand);
      }
      case PartExpression.Attend attend -> {
        ValueId q = perToken(expression(attend.q(), null));
        ValueId k = perToken(expression(attend.k(), null));
        ValueId v = perToken(expression(attend.v(), null));
        var op = new Op.Attention(attend.shape(), attend.window());
        yield attend.sinks() == null
            ? add(attend, name, op, q, k, v)
            : add(attend, name, op, q, k, v, weight(attend.sinks()));
      }
      case PartExpression.Concat concat -> {
        ValueId left = channels(concat.left(), concat.copies());
        ValueId right = channels(concat.right(), concat.copies());
        yield add(concat, name, new Op.Concat(concat.copies()), left, right);
      }
      case PartExpression.Products products -> products(products, name);
      case PartExpression.Apply apply -> {
        ValueId operand = perToken(expression(apply.operand(), null));
        yield lower(apply.part(), parameter(apply.parameter()), operand, at(apply));
      }
      case PartExpression.Mixture mixture -> mixture(mixture);
      case PartExpression.Weight _ -> perToken(weight(expression));
      case PartExpression.WeightMatrix _ -> weight(expression);
    };
  }

  /** The channels of each of so many heads; a number is one. */
  private ValueId channels(PartExpression expression, int heads) {
    ValueId value = expression(expression, null);
    return perToken(expression.isFixed() ? spread(value, heads) : value);
  }

  /** Each channel of a head on the left as often as the right has channels, and the other way. */
  private ValueId products(PartExpression.Products products, @Nullable String name) {
    ValueId left = perToken(expression(products.left(), null));
    ValueId right = perToken(expression(products.right(), null));
    int times = width(left) / products.copies();
    int columns = products.copies() * products.size();
    ValueId each = add(products, null, new Op.SpreadGroups(columns), left);
    ValueId all = add(products, null, new Op.Repeat(products.copies(), times), right);
    return add(products, name, new Op.Binary(BinaryFunction.MULTIPLY), each, all);
  }

  private ValueId mixture(PartExpression.Mixture mixture) {
    PartExpression.Apply expert = mixture.expert();
    ValueId operand = perToken(expression(expert.operand(), null));
    var inner = new BlockBuilder();
    inner.graph().at(out.graph().origin());
    inner.at(expert.span());
    ValueId x = inner.input("x", width(operand));
    inner.graph().result("y", lower(expert.part(), parameter(expert.parameter()), x, inner));
    inner.own().forEach(out::own);
    return LowerExperts.lower(
        mixture.routing(),
        inner.build(expert.parameter()),
        parameter(mixture.router()),
        operand,
        at(mixture));
  }

  /** {@code q_rotated} of {@code q}. */
  private static @Nullable String rotated(PartExpression operand) {
    return operand instanceof PartExpression.Reference(_, String of, _) ? of + "_rotated" : null;
  }

  /** What is learnt, as it is stored. */
  private ValueId weight(PartExpression expression) {
    if (expression instanceof PartExpression.Reference(_, String name, _)) {
      return weight(definition(name).value());
    }
    ValueId known = weights.get(expression);
    ValueId id = known == null ? makeWeight(expression) : known;
    weights.put(expression, id);
    return id;
  }

  private ValueId makeWeight(PartExpression expression) {
    return switch (expression) {
      case PartExpression.Weight(_, String parameter, int size, boolean toWidth, var values) ->
          at(expression).vector(parameter(parameter), columns(size, toWidth), values);
      case PartExpression.WeightMatrix(_, String parameter, int rows, int columns, var values) ->
          at(expression).matrix(parameter(parameter), rows, columns, values);
      default -> throw new IllegalArgumentException("a recurrence learns no " + expression);
    };
  }

  private BlockBuilder at(PartExpression expression) {
    return out.at(expression.span());
  }

  private ValueId add(
      PartExpression expression, @Nullable String name, Op op, ValueId... operands) {
    return at(expression).graph().add(op, List.of(operands), name);
  }

  /** Each head reads the value of its group. */
  private ValueId ofGroup(PartExpression.OfGroup of) {
    int groups = of.groups().count();
    int times = part.heads() / groups;
    ValueId value = perToken(expression(of.operand(), null));
    if (times == 1) {
      return value;
    }
    Op op =
        width(value) == groups ? new Op.SpreadGroups(part.heads()) : new Op.Repeat(groups, times);
    return add(of, null, op, value);
  }

  private ValueId scan(PartExpression.Scan scan) {
    int columns = columns(scan.size(), false);
    ValueId decay = spread(expression(scan.decay(), null), columns);
    ValueId input = spread(expression(scan.input(), null), columns);
    return add(scan, scan.name(), new Op.Recurrence(scan.shape()), decay, input);
  }

  private ValueId binary(PartExpression.Binary binary, @Nullable String name) {
    ValueId left = expression(binary.left(), null);
    ValueId right = expression(binary.right(), null);
    at(binary);
    boolean perHead = width(left) > 1 || width(right) > 1;
    if (perHead && !isNumber(left) && !isNumber(right)) {
      int columns = Math.max(width(left), width(right));
      boolean fixed = isFixed(left) && isFixed(right);
      left = fixed ? left : spread(left, columns);
      right = fixed ? right : spread(right, columns);
    }
    return add(binary, name, new Op.Binary(binary.function()), left, right);
  }

  private ValueId dot(PartExpression.Dot dot, @Nullable String name) {
    ValueId left = perToken(expression(dot.left(), null));
    ValueId right = perToken(expression(dot.right(), null));
    ValueId product = add(dot, null, new Op.Binary(BinaryFunction.MULTIPLY), left, right);
    return add(dot, name, new Op.SumGroups(copies), product);
  }

  private ValueId norm(PartExpression.Norm norm, @Nullable String name) {
    ValueId operand = perToken(expression(norm.operand(), null));
    String parameter = parameter(norm.parameter());
    int columns =
        switch (norm.weights()) {
          case OWN -> width(operand);
          case SHARED -> norm.size();
          case NONE -> 0;
        };
    ValueId gamma =
        columns == 0 ? null : at(norm).vector(parameter, columns, new Initializer.Constant(1));
    String label = name == null ? norm.parameter() : name;
    return norm.subtractMean()
        ? out.layerNorm(label, operand, gamma, norm.groups(), norm.epsilon())
        : out.rmsNorm(label, operand, gamma, norm.groups(), norm.epsilon());
  }

  /** A value for each token: rows over all tokens, groups over their columns. */
  private ValueId spread(ValueId value, int columns) {
    ValueId rows = perToken(isNumber(value) ? row(value) : value);
    return width(rows) == columns ? rows : out.graph().add(new Op.SpreadGroups(columns), rows);
  }

  /** One number as one for each head. */
  private ValueId row(ValueId number) {
    return out.graph().node(number).op() instanceof Op.Constant(double value)
        ? out.graph().add(new Op.ConstantRow(Collections.nCopies(copies, value)))
        : number;
  }

  private ValueId perToken(ValueId value) {
    return isFixed(value) ? out.graph().add(new Op.SpreadRow(), value) : value;
  }

  private boolean isNumber(ValueId value) {
    return out.graph().type(value).isScalar();
  }

  private boolean isFixed(ValueId value) {
    return !out.graph().type(value).perToken();
  }

  private int width(ValueId value) {
    return out.graph().type(value).columns();
  }

  private int columns(int size, boolean toWidth) {
    return toWidth ? size : copies * size;
  }

  /** A norm with one weight gives it its own name. */
  private String parameter(String name) {
    if (prefix.isEmpty()) {
      return name;
    }
    return part.kind() == PartKind.NORM && weightsOfNorm() == 1 ? prefix : prefix + "." + name;
  }

  private long weightsOfNorm() {
    return part.expressions().stream()
        .filter(e ->
            e instanceof PartExpression.Weight
                || (e instanceof PartExpression.Norm norm
                    && norm.weights() != PartExpression.Norm.Weights.NONE))
        .distinct()
        .count();
  }
}
