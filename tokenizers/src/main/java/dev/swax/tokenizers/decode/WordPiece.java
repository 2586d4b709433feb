package dev.swax.tokenizers.decode;

/** A token with the prefix goes on with a word; before any other stands a blank. */
final class WordPiece extends Stage {
  private final String prefix;
  private final boolean cleanup;
  private boolean first = true;

  WordPiece(Stage next, String prefix, boolean cleanup) {
    super(next);
    this.prefix = prefix;
    this.cleanup = cleanup;
  }

  @Override
  void token(String text) {
    String shown =
        first ? text : text.startsWith(prefix) ? text.substring(prefix.length()) : " " + text;
    hand(cleanup ? clean(shown) : shown);
    first = false;
  }

  /** English without the blanks that were put before its punctuation. */
  private static String clean(String text) {
    return text.replace(" .", ".")
        .replace(" ?", "?")
        .replace(" !", "!")
        .replace(" ,", ",")
        .replace(" ' ", "'")
        .replace(" n't", "n't")
        .replace(" 'm", "'m")
        .replace(" do not", " don't")
        .replace(" 's", "'s")
        .replace(" 've", "'ve")
        .replace(" 're", "'re");
  }
}
