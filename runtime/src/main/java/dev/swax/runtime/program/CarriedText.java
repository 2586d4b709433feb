package dev.swax.runtime.program;

/** Where one of the texts stands that a program evaluates. */
final class CarriedText {
  /** One token in the middle of a document. */
  private static final Batch TOKEN = Batch.allocate(1, 1);

  private final Documents documents;
  private long position;

  /** For calls of at most so many rows. */
  CarriedText(int capacity) {
    documents = new Documents(capacity);
  }

  /** Where documents begin in the current call. */
  Documents documents() {
    return documents;
  }

  /** How many rows were walked before the current call, those of meta tokens included. */
  long position() {
    return position;
  }

  /** Begins a call of one token that goes on with the document. */
  void bindToken() {
    documents.bind(TOKEN);
  }

  /** After a call of so many rows. */
  void walked(int rows) {
    documents.walked(position);
    position += rows;
  }

  /** Where the first row of the current call stands in its document. */
  long inDocument() {
    return documents.inDocument(position);
  }

  /** How many tokens of its document stand before each row, from 0 again after so many. */
  int[] positions(int rows, int count) {
    return documents.positions(position, rows, count);
  }

  /** A new text. */
  void forget() {
    position = 0;
    documents.forget();
  }

  /** Goes on from where another text stands. */
  void copy(CarriedText from) {
    position = from.position;
    documents.copy(from.documents);
  }
}
