package dev.swax.runtime.data;

import dev.swax.runtime.data.format.FormatOptions;
import dev.swax.runtime.data.format.Skipped;
import dev.swax.runtime.data.format.SourceFile;
import dev.swax.runtime.data.format.TextFormats;
import dev.swax.runtime.data.format.TextRecord;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.token.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Reads files, one after the other, and lets others make tokens of their texts. */
final class FileReader {
  /** Bytes of text whose tokens are made together. */
  private static final int BATCH = 1 << 18;

  private final FormatOptions options;
  private final Tokenizer tokenizer;
  private final ExecutorService workers;
  private final int waiting;
  private final Semaphore room;

  private List<Piece> batch = new ArrayList<>();
  private int batched;

  /** {@code waiting}: bytes of text that may wait for their tokens, or with these to be taken. */
  FileReader(FormatOptions options, Tokenizer tokenizer, ExecutorService workers, int waiting) {
    this.options = options;
    this.tokenizer = tokenizer;
    this.workers = workers;
    this.waiting = waiting;
    this.room = new Semaphore(waiting);
  }

  /** It was asked to end. */
  static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** All of a file but its first {@code skipped} records, to {@code lane}. */
  void read(TextSorter sorter, int source, long skipped, SourceFile file, Lane lane)
      throws InterruptedException {
    Future<String> hash = workers.submit(() -> SourceStamp.hash(file));
    long[] record = {0};
    long[] taken = {0};
    Skipped malformed =
        TextFormats.read(
            file,
            options,
            text -> {
              requireRunning();
              taken[0] = text.taken();
              if (record[0] >= skipped) {
                add(sorter.pieces(source, record[0], file, text), text, lane);
              } else {
                sorter.pass(source, file, text);
              }
              record[0]++;
            });
    sendBatch(taken[0], lane);
    lane.putLazy(() -> new TokenStream.End(source, malformed, TokenStream.result(hash)));
  }

  /** A file that is in the cache already. */
  void pass(TextSorter sorter, int source, SourceFile file) {
    TextFormats.read(
        file,
        options,
        text -> {
          requireRunning();
          sorter.pass(source, file, text);
        });
  }

  private void add(List<Piece> pieces, TextRecord text, Lane lane) {
    for (Piece piece : pieces) {
      batch.add(piece);
      batched += piece.length();
    }
    if (batched >= BATCH) {
      sendBatch(text.taken(), lane);
    }
  }

  private void sendBatch(long taken, Lane lane) {
    if (batch.isEmpty()) {
      return;
    }
    List<Piece> pieces = batch;
    int bytes = Math.min(batched, waiting);
    batch = new ArrayList<>();
    batched = 0;
    int width = Tokens.width(tokenizer.vocabulary());
    try {
      room.acquire(bytes);
      lane.put(
          workers.submit(() -> {
            List<byte[]> tokens = new ArrayList<>();
            for (Piece piece : pieces) {
              tokens.add(
                  piece.part() == Piece.Part.NONE ? new byte[0] : piece.tokens(tokenizer, width));
            }
            return new TokenStream.Texts(pieces, tokens, taken, () -> room.release(bytes));
          }));
    } catch (InterruptedException e) {
      throw new StoppedException();
    }
  }

  private static void requireRunning() {
    if (Thread.currentThread().isInterrupted()) {
      throw new StoppedException();
    }
  }
}
