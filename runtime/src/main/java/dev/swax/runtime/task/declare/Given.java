package dev.swax.runtime.task.declare;

import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.Tokenizer;
import java.util.Map;

/** The arguments that a task is made of. */
public final class Given {
  private final Map<String, Written> values;
  private final Tokenizer tokenizer;

  /**
   * @param values of arguments by their names; every required one is there
   * @param tokenizer between texts and tokens
   */
  public Given(Map<String, Written> values, Tokenizer tokenizer) {
    this.values = Map.copyOf(values);
    this.tokenizer = tokenizer;
  }

  /** No argument: what holds for each that need not be given. */
  public static Given nothing() {
    return new Given(Map.of(), ByteTokenizer.BYTES);
  }

  /** The value of an argument; what holds without it where it is not given. */
  public <T> T of(Argument<T> argument) {
    Written value = values.get(argument.name());
    return value == null ? argument.absent() : argument.type().read(value);
  }

  public Tokenizer tokenizer() {
    return tokenizer;
  }
}
