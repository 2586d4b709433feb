package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Shape;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.PartExpression;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what reads a state into expressions of the value that the recurrence gives. */
public abstract class Conversion {
  protected final PartBody body;
  protected final PartBody.StateVariable state;
  private final Map<Term, PartBody.Defined> names = new IdentityHashMap<>();
  private final Map<Term, PartExpression> converted = new IdentityHashMap<>();
  private final List<Part.Definition> definitions = new ArrayList<>();

  public Conversion(PartBody body, PartBody.StateVariable state) {
    this.body = body;
    this.state = state;
    body.definitions().values().forEach(defined -> names.put(defined.term(), defined));
  }

  /** Whether a term is what the recurrence gives. */
  protected abstract boolean isRead(Term term);

  /** The expression of such a term, or null after a report. */
  protected abstract @Nullable PartExpression read(Term term);

  /** How this family is read, for the message about what is not. */
  protected abstract String ways();

  /** The name under which later lines read what the recurrence gives. */
  public abstract String result();

  /** What is computed from the read under names of its own, in order. */
  public final List<Part.Definition> definitions() {
    return definitions;
  }

  /** The line whose value a term is, if it has one. */
  protected final PartBody.@Nullable Defined line(Term term) {
    return names.get(term);
  }

  /** The expression of a term, or null after a report. */
  public final @Nullable PartExpression convert(Term term) {
    if (term instanceof Term.Plain(var expression, _)) {
      return expression;
    }
    PartExpression known = converted.get(term);
    if (known != null) {
      return known;
    }
    PartExpression expression = expression(term);
    PartBody.Defined defined = names.get(term);
    if (expression != null
        && defined != null
        && !defined.name().equals(PartBody.OUTPUT)
        && !isResult(expression, defined.name())) {
      definitions.add(new Part.Definition(defined.span(), defined.name(), expression, null));
      expression = new PartExpression.Reference(defined.span(), defined.name(), expression.size());
    }
    if (expression != null) {
      converted.put(term, expression);
    }
    return expression;
  }

  private static boolean isResult(PartExpression expression, String name) {
    return expression instanceof PartExpression.Reference reference
        && reference.name().equals(name);
  }

  private @Nullable PartExpression expression(Term term) {
    if (isRead(term)) {
      return read(term);
    }
    return switch (term) {
      case Term.Plain(var expression, _) -> expression;
      case Term.Apply apply -> {
        PartExpression operand = convert(apply.operand());
        yield operand == null ? null : apply.wrap().apply(operand);
      }
      case Term.Binary binary -> binary(binary);
      case Term.Contract contract when contract.right() instanceof Term.State ->
          notHandled(contract);
      case Term.Contract contract when contract.right().shape() instanceof Shape.Table ->
          sum(contract);
      case Term.Contract contract -> dot(contract);
      case Term.State _, Term.Outer _, Term.Diagonal _ -> notHandled(term);
    };
  }

  private @Nullable PartExpression binary(Term.Binary binary) {
    PartExpression left = convert(binary.left());
    PartExpression right = convert(binary.right());
    return left == null || right == null
        ? null
        : new PartExpression.Binary(
            binary.span(), binary.function(), left, right, binary.shape().size());
  }

  /** {@code q . (S' + outer(k, v))}, as the sum of what is read of each. */
  private @Nullable PartExpression sum(Term.Contract contract) {
    PartExpression sum = null;
    for (Summand part : Summand.of(contract)) {
      PartExpression value = isSimple(part.core()) ? convert(part.core()) : notHandled(contract);
      if (value == null) {
        return null;
      }
      PartExpression scaled = part.scale().product(value, contract.span());
      sum =
          sum == null
              ? scaled
              : new PartExpression.Binary(
                  contract.span(), BinaryFunction.ADD, sum, scaled, contract.shape().size());
    }
    return sum;
  }

  private static boolean isSimple(Term core) {
    return core instanceof Term.Plain
        || (core instanceof Term.Contract read && read.right() instanceof Term.State);
  }

  private @Nullable PartExpression dot(Term.Contract contract) {
    PartExpression left = convert(contract.left());
    PartExpression right = convert(contract.right());
    return left == null || right == null
        ? null
        : new PartExpression.Dot(contract.span(), left, right);
  }

  private @Nullable PartExpression notHandled(Term term) {
    body.untrained(Code.READ_NOT_HANDLED, term.span(), ways(), null);
    return null;
  }
}
