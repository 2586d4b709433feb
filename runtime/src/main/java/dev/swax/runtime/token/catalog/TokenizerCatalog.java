package dev.swax.runtime.token.catalog;

import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.TokenizerDeclaration;
import dev.swax.runtime.token.characters.CharacterTokenizer;
import dev.swax.runtime.token.hf.HfDeclaration;
import java.util.List;

/** Every tokenizer, in the order in which messages name them. */
public final class TokenizerCatalog {
  public static final List<TokenizerDeclaration> TOKENIZERS =
      List.of(ByteTokenizer.DECLARATION, CharacterTokenizer.DECLARATION, HfDeclaration.DECLARATION);

  private TokenizerCatalog() {}
}
