package dev.swax.compiler.lower;

import dev.swax.compiler.interpret.Matrix;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.PartStatement;
import dev.swax.runtime.kernel.tile.ErrorFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a cell of {@link RandomCells} says, taken at its word: token by token, line by line, in
 * double. It knows no families, no logarithms and no order but that of the lines.
 */
final class PartMeaning {
  private final Declaration.Part part;
  private final Map<String, Matrix> weights;
  private final Map<String, Double> numbers = new LinkedHashMap<>();
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Map<String, Value> states = new LinkedHashMap<>();
  private final Map<String, Value> next = new LinkedHashMap<>();
  // What a line filtered in this document, the latest first.
  private final Map<String, List<Value>> filtered = new LinkedHashMap<>();
  private final int heads;
  private final int width;

  private double[] x = {};
  private int copies;
  private int size;
  // Of a matrix, or 0.
  private int rows;
  private String line = "";
  private int parameters;

  /**
   * @param weights by their names in the cell
   */
  PartMeaning(Declaration.Part part, Map<String, Matrix> weights, int width) {
    this.part = part;
    this.weights = weights;
    this.width = width;
    for (Declaration.Parameter parameter : part.parameters()) {
      numbers.put(parameter.name().text(), number(parameter.defaultValue()));
    }
    heads = numbers.getOrDefault("heads", 1.0).intValue();
    copies = heads;
  }

  private static double number(@Nullable Expression expression) {
    return expression instanceof Expression.Literal literal ? literal.value().doubleValue() : 0;
  }

  /**
   * A value of each head or group: a scalar or a vector has one column.
   *
   * @param numbers [copies][rows * columns]
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Value(Kind kind, int rows, int columns, double[][] numbers) {
    Value map(DoubleUnaryOperator function) {
      double[][] mapped =
          Arrays.stream(numbers)
              .map(own -> Arrays.stream(own).map(function).toArray())
              .toArray(double[][]::new);
      return new Value(kind, rows, columns, mapped);
    }

    boolean isScalar() {
      return kind == Kind.VECTOR && rows == 1;
    }
  }

  private enum Kind {
    VECTOR,
    MATRIX,
    DIAGONAL
  }

  /** The result [T, width] of tokens [T, width]; states are emptied where a document starts. */
  Matrix of(Matrix tokens, boolean[] starts, int time) {
    Matrix out = Matrix.zeros(tokens.rows(), width);
    for (int t = 0; t < tokens.rows(); t++) {
      if (starts[t] || t % time == 0) {
        empty();
      }
      x = new double[width];
      for (int c = 0; c < width; c++) {
        x[c] = tokens.get(t, c);
      }
      part.statements().forEach(this::run);
      double[] result = flat(known(values, "out"));
      for (int c = 0; c < width; c++) {
        out.set(t, c, result[c]);
      }
      states.putAll(next);
    }
    return out;
  }

  private void empty() {
    filtered.clear();
    for (PartStatement statement : part.statements()) {
      if (statement instanceof PartStatement.State state) {
        List<Integer> sizes = state.shape().stream().map(this::size).toList();
        int rows = sizes.getFirst();
        int columns = sizes.size() > 1 ? sizes.get(1) : 1;
        Kind kind = sizes.size() > 1 ? Kind.MATRIX : Kind.VECTOR;
        states.put(state.name().text(), zeros(kind, rows, columns));
      }
    }
  }

  private Value zeros(Kind kind, int rows, int columns) {
    return new Value(kind, rows, columns, new double[copies][rows * columns]);
  }

  private int size(Expression expression) {
    return known(numbers, ((Expression.Name) expression).text()).intValue();
  }

  private void run(PartStatement statement) {
    switch (statement) {
      case PartStatement.State _ -> {}
      case PartStatement.Update update -> {
        begin(update.state().text(), known(states, update.state().text()).rows());
        next.put(line, evaluate(update.value()));
      }
      case PartStatement.Define define -> {
        String name = define.names().getFirst().text();
        Expression.Name groups = define.groups();
        copies = groups == null ? heads : size(groups);
        boolean output = name.equals("out");
        begin(name, define.shape().isEmpty() ? 1 : size(define.shape().getLast()));
        size = output ? 0 : size;
        rows = define.shape().size() == 2 ? size(define.shape().getFirst()) : 0;
        values.put(name, evaluate(define.value()));
        copies = heads;
        rows = 0;
      }
    }
  }

  private static <T> T known(Map<String, T> map, String name) {
    return Objects.requireNonNull(map.get(name), name);
  }

  private void begin(String name, int channels) {
    line = name;
    size = channels;
    parameters = 0;
  }

  private Value evaluate(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> all(literal.value().doubleValue());
      case Expression.Name name -> name(name);
      case Expression.Unary unary -> evaluate(unary.operand()).map(v -> -v);
      case Expression.Binary binary -> binary(binary);
      case Expression.Call call -> call(call);
      default -> throw new IllegalArgumentException("not in these cells: " + expression);
    };
  }

  private Value all(double number) {
    double[][] same = new double[copies][1];
    Arrays.stream(same).forEach(own -> own[0] = number);
    return new Value(Kind.VECTOR, 1, 1, same);
  }

  private Value name(Expression.Name name) {
    String text = name.text();
    if (states.containsKey(text)) {
      return known(name.primed() ? next : states, text);
    }
    if (text.equals("head")) {
      Value head = all(0);
      for (int h = 0; h < heads; h++) {
        head.numbers()[h][0] = h;
      }
      return head;
    }
    if (text.equals("x")) {
      return new Value(Kind.VECTOR, width, 1, new double[][] {x});
    }
    Double number = numbers.get(text);
    return number != null ? all(number) : ofHeads(known(values, text));
  }

  /** What each head reads of a value of groups. */
  private Value ofHeads(Value value) {
    if (value.numbers().length == copies) {
      return value;
    }
    double[][] each = new double[copies][];
    for (int h = 0; h < copies; h++) {
      each[h] = value.numbers()[h * value.numbers().length / copies];
    }
    return new Value(value.kind(), value.rows(), value.columns(), each);
  }

  private Value binary(Expression.Binary binary) {
    Value left = evaluate(binary.left());
    Value right = evaluate(binary.right());
    return switch (binary.operator()) {
      case ADD -> elementwise(left, right, (a, b) -> a + b);
      case SUBTRACT -> elementwise(left, right, (a, b) -> a - b);
      case DIVIDE -> elementwise(left, right, (a, b) -> a / b);
      case POWER -> elementwise(left, right, Math::pow);
      case MULTIPLY ->
          left.kind() == Kind.DIAGONAL
              ? scaled(left, right, true)
              : right.kind() == Kind.DIAGONAL
                  ? scaled(right, left, false)
                  : elementwise(left, right, (a, b) -> a * b);
      case CONTRACT -> contract(left, right);
      default -> throw new IllegalArgumentException("not in these cells: " + binary.operator());
    };
  }

  private Value elementwise(Value left, Value right, DoubleBinaryOperator function) {
    Value shape = left.isScalar() ? right : left;
    double[][] results = new double[copies][shape.rows() * shape.columns()];
    for (int h = 0; h < copies; h++) {
      for (int i = 0; i < results[h].length; i++) {
        double a = left.numbers()[h][left.isScalar() ? 0 : i];
        double b = right.numbers()[h][right.isScalar() ? 0 : i];
        results[h][i] = function.applyAsDouble(a, b);
      }
    }
    return new Value(shape.kind(), shape.rows(), shape.columns(), results);
  }

  private Value scaled(Value diagonal, Value matrix, boolean rows) {
    Value product = zeros(Kind.MATRIX, matrix.rows(), matrix.columns());
    for (int h = 0; h < copies; h++) {
      for (int i = 0; i < product.numbers()[h].length; i++) {
        int at = rows ? i / matrix.columns() : i % matrix.columns();
        product.numbers()[h][i] = diagonal.numbers()[h][at] * matrix.numbers()[h][i];
      }
    }
    return product;
  }

  private Value contract(Value left, Value right) {
    Value sum = zeros(Kind.VECTOR, right.kind() == Kind.MATRIX ? right.columns() : 1, 1);
    for (int h = 0; h < copies; h++) {
      for (int r = 0; r < right.rows(); r++) {
        for (int c = 0; c < right.columns(); c++) {
          sum.numbers()[h][c] += left.numbers()[h][r] * right.numbers()[h][r * right.columns() + c];
        }
      }
    }
    return sum;
  }

  private Value call(Expression.Call call) {
    String name = call.callee().text();
    if (name.equals("weight")) {
      Matrix weight = weight(parameter(), 1);
      return rows == 0 ? divided(weight.values()) : table(weight.values());
    }
    if (name.equals("linear")) {
      String own = parameter();
      double[] input = flat(evaluate(argument(call, 0)));
      return linear(input, weight(own, input.length));
    }
    Value operand = evaluate(argument(call, 0));
    return switch (name) {
      case "diag" -> new Value(Kind.DIAGONAL, operand.rows(), 1, operand.numbers());
      case "outer" -> outer(operand, evaluate(argument(call, 1)));
      case "max" -> elementwise(operand, evaluate(argument(call, 1)), Math::max);
      case "min" -> elementwise(operand, evaluate(argument(call, 1)), Math::min);
      case "elu" -> operand.map(v -> v > 0 ? v : Math.expm1(v));
      case "gelu_erf" -> operand.map(v -> v / 2 * (1 + ErrorFunction.of(v / Math.sqrt(2))));
      case "l2norm" -> unit(operand);
      case "conv" -> conv(operand, (int) number(argument(call, 1)));
      default -> operand.map(UnaryFunction.find(name).orElseThrow()::of);
    };
  }

  private Value conv(Value operand, int tokens) {
    List<Value> last = filtered.computeIfAbsent(line, _ -> new ArrayList<>());
    last.addFirst(operand);
    Matrix weight = weights.get(line + "_conv");
    Value sum = zeros(operand.kind(), operand.rows(), operand.columns());
    for (int j = 0; weight != null && j < Math.min(tokens, last.size()); j++) {
      for (int h = 0; h < copies; h++) {
        for (int r = 0; r < sum.rows(); r++) {
          double own = weight.get(j, h * sum.rows() + r);
          sum.numbers()[h][r] += own * last.get(j).numbers()[h][r];
        }
      }
    }
    return sum;
  }

  private static Expression argument(Expression.Call call, int index) {
    return call.arguments().get(index).value();
  }

  private String parameter() {
    parameters++;
    return parameters == 1 ? line : line + "_" + parameters;
  }

  /** Nothing has the weights of a line that nothing uses. */
  private Matrix weight(String name, int inputs) {
    Matrix weight = weights.get(name);
    return weight == null ? Matrix.zeros(inputs, copies * size * Math.max(1, rows)) : weight;
  }

  private Value linear(double[] input, Matrix weight) {
    double[] output = new double[weight.columns()];
    for (int i = 0; i < input.length; i++) {
      for (int c = 0; c < output.length; c++) {
        output[c] += input[i] * weight.get(i, c);
      }
    }
    return size == 0 ? new Value(Kind.VECTOR, width, 1, new double[][] {output}) : divided(output);
  }

  private Value divided(double[] all) {
    int own = all.length / copies;
    Value value = zeros(Kind.VECTOR, own, 1);
    for (int i = 0; i < all.length; i++) {
      value.numbers()[i / own][i % own] = all[i];
    }
    return value;
  }

  private Value table(double[] all) {
    Value vectors = divided(all);
    return new Value(Kind.MATRIX, rows, size, vectors.numbers());
  }

  private Value outer(Value left, Value right) {
    Value product = zeros(Kind.MATRIX, left.rows(), right.rows());
    for (int h = 0; h < copies; h++) {
      for (int r = 0; r < left.rows(); r++) {
        for (int c = 0; c < right.rows(); c++) {
          product.numbers()[h][r * right.rows() + c] = left.numbers()[h][r] * right.numbers()[h][c];
        }
      }
    }
    return product;
  }

  private static Value unit(Value value) {
    Value unit = value.map(v -> v);
    for (double[] own : unit.numbers()) {
      double length = Math.sqrt(Arrays.stream(own).map(v -> v * v).sum() + 1e-6);
      Arrays.setAll(own, i -> own[i] / length);
    }
    return unit;
  }

  private static double[] flat(Value value) {
    return Arrays.stream(value.numbers()).flatMapToDouble(Arrays::stream).toArray();
  }
}
