package dev.swax.tokenizers.decode;

/** No decoder: a blank between tokens. */
final class Blanks extends Stage {
  private boolean first = true;

  Blanks(Stage next) {
    super(next);
  }

  @Override
  void token(String text) {
    hand(first ? text : " " + text);
    first = false;
  }
}
