package dev.swax.compiler.analyze.symbol;

import dev.swax.compiler.analyze.evaluate.Accepted;
import dev.swax.compiler.analyze.evaluate.Schema;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A symbol and what it is made of, from which follows what calls and {@code with} may name.
 *
 * @param wanted what a value of it must be
 */
record Entity(Symbol symbol, Accepted wanted, Made made) {

  /** What it is made of. */
  sealed interface Made {}

  /** A declaration, which sees the names of its file. */
  record Declared(Declaration declaration, Names scope) implements Made {}

  /** The value of an expression. */
  record Given(Expression value, Names scope) implements Made {}

  /** A built-in with arguments. */
  record Called(Schema schema) implements Made {}

  /** A function of a part's body with arguments of these names. */
  record Applied(List<String> arguments) implements Made {
    Applied {
      arguments = List.copyOf(arguments);
    }
  }

  /** Nothing that has parts. */
  record Plain() implements Made {}

  static Entity plain(Symbol symbol) {
    return new Entity(symbol, Wanted.ANY, new Plain());
  }

  /** An element of a list; what can be set in it is that of the first. */
  static Entity element(Symbol symbol, Expression list, Names scope) {
    Expression first =
        list instanceof Expression.ListLiteral(var _, var elements) && !elements.isEmpty()
            ? elements.getFirst()
            : null;
    return of(symbol, Wanted.ANY, first, scope);
  }

  static Entity of(Symbol symbol, Accepted wanted, @Nullable Expression value, Names scope) {
    return new Entity(symbol, wanted, value == null ? new Plain() : new Given(value, scope));
  }
}
