package dev.swax.runtime.token;

import dev.swax.runtime.UserError;
import dev.swax.runtime.declare.Argument;
import dev.swax.runtime.declare.Values;
import java.util.List;
import java.util.function.Function;

/**
 * All that the language knows of a tokenizer.
 *
 * @param name as it is written: {@code characters}
 * @param factory makes it; throws a {@link UserError} where no tokenizer can be made of the values
 * @param arguments in the order in which they may be given without their names
 */
public record TokenizerDeclaration(
    String name, Function<Values, Tokenizer> factory, List<Argument<?>> arguments) {
  public TokenizerDeclaration {
    arguments = List.copyOf(arguments);
  }

  public static TokenizerDeclaration of(
      String name, Function<Values, Tokenizer> factory, Argument<?>... arguments) {
    return new TokenizerDeclaration(name, factory, List.of(arguments));
  }
}
