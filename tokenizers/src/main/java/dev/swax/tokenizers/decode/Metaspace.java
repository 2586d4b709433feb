package dev.swax.tokenizers.decode;

/** A sign stands for a blank; where the first token has a blank before it, that is left out. */
final class Metaspace extends Stage {
  private final String sign;
  private final boolean prefixed;
  private boolean first = true;

  Metaspace(Stage next, char sign, boolean prefixed) {
    super(next);
    this.sign = String.valueOf(sign);
    this.prefixed = prefixed;
  }

  @Override
  void token(String text) {
    hand(text.replace(sign, first && prefixed ? "" : " "));
    first = false;
  }
}
