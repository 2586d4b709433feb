package dev.swax.runtime.data;

/** Between text and tokens. */
public interface Tokenizer {
  /** How many different tokens there are. */
  int vocabulary();

  int[] encode(String text);

  /** The text of tokens; what is no character becomes the replacement character. */
  String decode(int[] tokens);
}
