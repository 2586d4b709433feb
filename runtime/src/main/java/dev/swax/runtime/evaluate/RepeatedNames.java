package dev.swax.runtime.evaluate;

import dev.swax.runtime.token.TextDecoder;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.token.Tokens;
import java.util.HashMap;
import java.util.Map;

/**
 * Names that a document has again. A name is a run of letters, digits and underscores that begins
 * with a letter, has at least {@value #SHORTEST} of them, and is as long as it can be.
 */
final class RepeatedNames {
  static final int SHORTEST = 4;

  private final Map<String, Integer> last = new HashMap<>();
  private final StringBuilder name = new StringBuilder();
  private final int[] distances;
  private int start;

  private RepeatedNames(int tokens) {
    this.distances = new int[tokens];
  }

  /**
   * For each token how many tokens before its name the same name began last; 0 where it belongs to
   * none, or to one that is new. A token that two names share belongs to the first that is not new.
   */
  static int[] distances(Tokens tokens, Tokenizer tokenizer) {
    var names = new RepeatedNames(tokens.length());
    TextDecoder decoder = tokenizer.decoder();
    for (int token = 0; token < tokens.length(); token++) {
      names.read(decoder.next(tokens.at(token)), token);
    }
    names.end(tokens.length() - 1);
    return names.distances;
  }

  private void read(String text, int token) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLetterOrDigit(c) || c == '_') {
        start = name.isEmpty() ? token : start;
        name.append(c);
      } else if (!name.isEmpty()) {
        end(i == 0 ? token - 1 : token);
      }
    }
  }

  /** The name that was read, if there is one, ends with that token. */
  private void end(int token) {
    if (name.length() >= SHORTEST && Character.isLetter(name.charAt(0))) {
      Integer before = last.put(name.toString(), start);
      for (int i = start; before != null && i <= token; i++) {
        distances[i] = distances[i] == 0 ? start - before : distances[i];
      }
    }
    name.setLength(0);
  }
}
