package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.format.FormatOptions;
import dev.swax.runtime.data.format.Skipped;
import dev.swax.runtime.data.format.SourceFile;
import dev.swax.runtime.data.format.TextFormats;
import dev.swax.runtime.data.format.TextRecord;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.token.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/**
 * The texts of files with their tokens, in their order. One thread reads, others make tokens, and
 * whoever asks gets them one after the other, so their order does not depend on the number of
 * threads. A single file keeps all threads busy as well as many do.
 */
final class TokenStream implements AutoCloseable {
  /** Bytes of text whose tokens are made together. */
  private static final int BATCH = 1 << 18;

  /** Bytes of text that may wait for their tokens, or with these to be taken. */
  private static final int WAITING = 1 << 25;

  private static final int BATCHES = 1 << 10;

  /** What stands in files, in its order. */
  sealed interface Item {}

  /**
   * Texts with their tokens as they are mapped.
   *
   * @param taken how many of the file's stored bytes were read up to here
   * @param bytes of text, as far as they keep others from being read
   */
  record Texts(List<Piece> pieces, List<byte[]> tokens, long taken, int bytes) implements Item {}

  /**
   * A file ends.
   *
   * @param hash of its bytes
   */
  record End(int source, Skipped skipped, String hash) implements Item {}

  private final List<SourceFile> files;
  private final FormatOptions options;
  private final Tokenizer tokenizer;
  private final TextSorter sorter;
  private final ExecutorService workers;
  private final Thread reader;
  private final BlockingQueue<Future<? extends Item>> queue = new ArrayBlockingQueue<>(BATCHES);
  private final Semaphore room = new Semaphore(WAITING);

  private List<Piece> batch = new ArrayList<>();
  private int batched;

  /**
   * Begins to read.
   *
   * @param source the first file, of which
   * @param record records are left out
   */
  TokenStream(
      List<SourceFile> files,
      FormatOptions options,
      Tokenizer tokenizer,
      TextSorter sorter,
      int threads,
      int source,
      long record) {
    this.files = files;
    this.options = options;
    this.tokenizer = tokenizer;
    this.sorter = sorter;
    this.workers =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("tokens-", 0).factory());
    this.reader = Thread.ofPlatform().daemon().name("text").unstarted(() -> read(source, record));
    reader.start();
  }

  private void read(int first, long record) {
    try {
      for (int source = 0; source < Math.min(first, sorter.validationFiles()); source++) {
        pass(source, files.get(source)); // what is done is not trained on either
      }
      for (int source = first; source < files.size(); source++) {
        read(source, source == first ? record : 0, files.get(source));
      }
    } catch (Stopped _) {
      // nobody takes anything any more
    } catch (Throwable e) {
      fail(e);
    }
  }

  private void read(int source, long skipped, SourceFile file) {
    Future<String> hash = workers.submit(() -> SourceStamp.hash(file));
    long[] record = {0};
    long[] taken = {0};
    sorter.begin();
    Skipped malformed =
        TextFormats.read(
            file,
            options,
            text -> {
              requireRunning();
              taken[0] = text.taken();
              if (record[0] >= skipped) {
                add(source, record[0], file, text);
              } else {
                sorter.pass(source, file, text);
              }
              record[0]++;
            });
    sendBatch(taken[0]);
    send(() -> new End(source, malformed, result(hash)));
  }

  private void pass(int source, SourceFile file) {
    sorter.begin();
    TextFormats.read(
        file,
        options,
        text -> {
          requireRunning();
          sorter.pass(source, file, text);
        });
  }

  private void add(int source, long record, SourceFile file, TextRecord text) {
    for (Piece piece : sorter.pieces(source, record, file, text)) {
      batch.add(piece);
      batched += piece.length();
    }
    if (batched >= BATCH) {
      sendBatch(text.taken());
    }
  }

  private void sendBatch(long taken) {
    if (batch.isEmpty()) {
      return;
    }
    List<Piece> pieces = batch;
    int bytes = Math.min(batched, WAITING);
    batch = new ArrayList<>();
    batched = 0;
    acquire(bytes);
    int width = Tokens.width(tokenizer.vocabulary());
    submit(() -> {
      List<byte[]> tokens = new ArrayList<>();
      for (Piece piece : pieces) {
        tokens.add(piece.part() == Piece.Part.NONE ? new byte[0] : piece.tokens(tokenizer, width));
      }
      return new Texts(pieces, tokens, taken, bytes);
    });
  }

  private void submit(Callable<Item> work) {
    put(workers.submit(work));
  }

  /** Done by whoever takes it: it waits for others, which a worker must not. */
  private void send(Callable<Item> work) {
    put(new Lazy(work));
  }

  private void fail(Throwable e) {
    try {
      send(() -> {
        throw new ExecutionException(e);
      });
    } catch (Stopped _) {
      // nobody asks any more
    }
  }

  private static final class Lazy extends FutureTask<Item> {
    private Lazy(Callable<Item> work) {
      super(work);
    }
  }

  private void acquire(int bytes) {
    try {
      room.acquire(bytes);
    } catch (InterruptedException e) {
      throw new Stopped();
    }
  }

  private void put(Future<? extends Item> item) {
    try {
      queue.put(item);
    } catch (InterruptedException e) {
      throw new Stopped();
    }
  }

  private static void requireRunning() {
    if (Thread.currentThread().isInterrupted()) {
      throw new Stopped();
    }
  }

  /** The reader was asked to end. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** What comes next. */
  Item next() {
    try {
      Future<? extends Item> item = queue.take();
      if (item instanceof Lazy lazy) {
        lazy.run();
      }
      Item next = result(item);
      if (next instanceof Texts texts) {
        room.release(texts.bytes());
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("it was interrupted", null);
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("it was interrupted", null);
    } catch (ExecutionException e) {
      throw thrown(e);
    }
  }

  private static RuntimeException thrown(ExecutionException e) {
    Throwable cause = e.getCause();
    return switch (cause) {
      case ExecutionException inner -> thrown(inner);
      case Error error -> throw error;
      case RuntimeException runtime -> runtime;
      case null, default -> new IllegalStateException(cause);
    };
  }

  @Override
  public void close() {
    reader.interrupt();
    workers.shutdownNow();
  }
}
