package dev.swax.runtime.task;

import dev.swax.runtime.token.Tokenizer;

/**
 * Scored at the targets of its examples: a target counts as right where the model finds it
 * likeliest. The score of an example is the share of its targets that are right. Its examples are
 * made of tokens, not of text.
 */
public non-sealed interface PredictionTask extends Task {
  @Override
  default Task withTokenizer(Tokenizer tokenizer) {
    return this;
  }
}
