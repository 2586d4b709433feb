package dev.swax.tokenizers.decode;

/** Takes a sign from the beginning: of each token, or of all text where that is one token. */
final class Strip extends Stage {
  private final char sign;
  private final int most;
  private final boolean whole;
  private int left;

  Strip(Stage next, char sign, int most, boolean whole) {
    super(next);
    this.sign = sign;
    this.most = most;
    this.whole = whole;
    this.left = most;
  }

  @Override
  void token(String text) {
    if (!whole) {
      left = most;
    }
    int from = 0;
    while (from < text.length() && left > 0 && text.charAt(from) == sign) {
      from++;
      left--;
    }
    if (from < text.length()) {
      left = 0;
    }
    hand(text.substring(from));
  }
}
