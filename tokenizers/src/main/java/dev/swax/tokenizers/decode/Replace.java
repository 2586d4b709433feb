package dev.swax.tokenizers.decode;

/** One text for another, in each token. */
final class Replace extends Stage {
  private final String pattern;
  private final String content;

  Replace(Stage next, String pattern, String content) {
    super(next);
    this.pattern = pattern;
    this.content = content;
  }

  @Override
  void token(String text) {
    hand(pattern.isEmpty() ? text : text.replace(pattern, content));
  }
}
