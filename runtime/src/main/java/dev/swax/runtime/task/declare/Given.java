package dev.swax.runtime.task.declare;

import dev.swax.runtime.declare.Values;
import dev.swax.runtime.declare.Written;
import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.Tokenizer;
import java.util.Map;

/** The arguments that a task is made of. */
public final class Given extends Values {
  private final Tokenizer tokenizer;

  /**
   * @param values of arguments by their names; every required one is there
   * @param tokenizer between texts and tokens
   */
  public Given(Map<String, Written> values, Tokenizer tokenizer) {
    super(values);
    this.tokenizer = tokenizer;
  }

  /** No argument: what holds for each that need not be given. */
  public static Given nothing() {
    return new Given(Map.of(), ByteTokenizer.BYTES);
  }

  public Tokenizer tokenizer() {
    return tokenizer;
  }
}
