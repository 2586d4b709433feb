package dev.swax.compiler.analyze.data;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.TokenizerCall;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.runtime.UserError;
import dev.swax.runtime.declare.Values;
import dev.swax.runtime.token.Tokenizer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Calls of tokenizers to tokenizers. */
final class Tokenizers {
  private final Evaluator evaluator;
  private final UnaryOperator<Path> kept;

  /** {@code kept}: where a file is read that a tokenizer is made of. */
  Tokenizers(Evaluator evaluator, UnaryOperator<Path> kept) {
    this.evaluator = evaluator;
    this.kept = kept;
  }

  /** The tokenizer, or empty after a report. */
  Optional<Tokenizer> build(Value value) {
    if (!(value instanceof Value.Built built)
        || !(built.constructor() instanceof TokenizerCall call)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          call.tokenizer().factory().apply(new Values(WrittenItem.written(built, kept))));
    } catch (UserError e) {
      evaluator.report(
          Code.TOKENIZER_ARGUMENTS, built.span(), String.valueOf(e.getMessage()), e.help());
      return Optional.empty();
    }
  }
}
