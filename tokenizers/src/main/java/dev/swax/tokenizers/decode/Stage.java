package dev.swax.tokenizers.decode;

/** One decoder of several. It is given the text of token after token and hands on what it makes. */
abstract class Stage {
  private final Stage next;

  Stage(Stage next) {
    this.next = next;
  }

  /** The last one. */
  private Stage() {
    this.next = this;
  }

  /** The next token. */
  abstract void token(String text);

  /** No token follows. */
  void end() {
    next.end();
  }

  /** Bytes of text that wait for what follows. */
  int held() {
    return next.held();
  }

  final void hand(String text) {
    next.token(text);
  }

  /** Where all text arrives. */
  static final class Sink extends Stage {
    private final StringBuilder text = new StringBuilder();

    @Override
    void token(String part) {
      text.append(part);
    }

    @Override
    void end() {}

    @Override
    int held() {
      return 0;
    }

    /** What has arrived since it was last asked. */
    String take() {
      String taken = text.toString();
      text.setLength(0);
      return taken;
    }
  }
}
