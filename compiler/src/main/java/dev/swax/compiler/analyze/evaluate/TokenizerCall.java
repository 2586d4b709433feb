package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.type.ValueType;
import dev.swax.runtime.token.TokenizerDeclaration;
import dev.swax.runtime.token.catalog.TokenizerCatalog;
import java.util.List;

/** A call that makes a tokenizer: what the tokenizer declares, as the language has it. */
public record TokenizerCall(TokenizerDeclaration tokenizer, Schema schema) implements Constructor {
  static final List<TokenizerCall> ALL =
      TokenizerCatalog.TOKENIZERS.stream().map(TokenizerCall::of).toList();

  private static TokenizerCall of(TokenizerDeclaration tokenizer) {
    List<Key> keys = tokenizer.arguments().stream().map(Key::of).toList();
    return new TokenizerCall(tokenizer, new Schema(tokenizer.name(), keys));
  }

  @Override
  public ValueType result() {
    return ValueType.TOKENIZER;
  }
}
