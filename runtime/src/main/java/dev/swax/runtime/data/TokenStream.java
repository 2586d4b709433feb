package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.format.FormatOptions;
import dev.swax.runtime.data.format.Skipped;
import dev.swax.runtime.data.format.SourceFile;
import dev.swax.runtime.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The texts of files with their tokens, in their order. Some threads read a file each, others make
 * tokens, and whoever asks gets them one after the other, so their order does not depend on the
 * number of threads. A single file keeps all threads busy as well as many do.
 */
final class TokenStream implements AutoCloseable {
  /** Bytes of text that may wait for their tokens, or with these to be taken. */
  private static final int WAITING = 1 << 25;

  /** Files that may wait to be taken. */
  private static final int LANES = 1 << 10;

  /** What stands in files, in its order. */
  sealed interface Item {}

  /**
   * Texts with their tokens as they are mapped.
   *
   * @param taken how many of the file's stored bytes were read up to here
   * @param taking is run when they are taken, and lets more be read
   */
  record Texts(List<Piece> pieces, List<byte[]> tokens, long taken, Runnable taking)
      implements Item {}

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
  private final int first;
  private final long record;
  private final ExecutorService workers;
  private final List<Thread> readers = new ArrayList<>();
  private final BlockingQueue<Lane> lanes = new LinkedBlockingQueue<>(LANES);

  /** Validation text that is named and not yet read: what training text is compared with. */
  private final CountDownLatch validation;

  private int next;
  private @Nullable Lane taken;

  /**
   * Begins to read.
   *
   * @param first the first file, of which
   * @param record records are left out
   */
  TokenStream(
      List<SourceFile> files,
      FormatOptions options,
      Tokenizer tokenizer,
      TextSorter sorter,
      int threads,
      int first,
      long record) {
    this.files = files;
    this.options = options;
    this.tokenizer = tokenizer;
    this.sorter = sorter;
    this.first = first;
    this.record = record;
    this.validation = new CountDownLatch(sorter.validationFiles());
    this.next = sorter.validationFiles() > 0 ? 0 : first;
    this.workers =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("tokens-", 0).factory());
    int count = Math.clamp(files.size() - next, 1, threads);
    for (int i = 0; i < count; i++) {
      readers.add(Thread.ofPlatform().daemon().name("text-" + i).unstarted(() -> read(count)));
    }
    readers.forEach(Thread::start);
  }

  /** Files one after the other, until there are no more or one cannot be read. */
  private void read(int readers) {
    var reader = new FileReader(options, tokenizer, workers, WAITING / readers);
    Claim claim = null;
    try {
      for (claim = claim(); claim != null; claim = claim()) {
        read(reader, claim);
      }
    } catch (InterruptedException | FileReader.StoppedException _) {
      // nobody takes anything any more
    } catch (Throwable e) {
      fail(claim, e);
    }
  }

  /** A file that a reader has taken on, and where its items go. */
  private record Claim(int source, Lane lane) {}

  /** The next file; files are claimed in the order in which they are taken. */
  private synchronized @Nullable Claim claim() throws InterruptedException {
    if (next >= sorter.validationFiles() && next < first) {
      next = first;
    }
    if (next >= files.size()) {
      return null;
    }
    var claim = new Claim(next++, new Lane());
    if (claim.source() >= first) {
      lanes.put(claim.lane());
    }
    return claim;
  }

  private void read(FileReader reader, Claim claim) throws InterruptedException {
    int source = claim.source();
    SourceFile file = files.get(source);
    TextSorter own = sorter.forFile();
    if (source >= sorter.validationFiles()) {
      validation.await();
    }
    if (source < first) {
      reader.pass(own, source, file); // what is done is not trained on either
    } else {
      reader.read(own, source, source == first ? record : 0, file, claim.lane());
    }
    if (source < sorter.validationFiles()) {
      validation.countDown();
    }
  }

  private void fail(@Nullable Claim claim, Throwable e) {
    Lane lane = claim == null ? new Lane() : claim.lane();
    try {
      lane.fail(e);
      if (claim == null || claim.source() < first) {
        lanes.put(lane);
      }
    } catch (InterruptedException | FileReader.StoppedException _) {
      // nobody asks any more
    }
  }

  /** What comes next. */
  Item next() {
    try {
      Lane lane = taken == null ? lanes.take() : taken;
      Item item = result(lane.take());
      taken = item instanceof End ? null : lane;
      if (item instanceof Texts texts) {
        texts.taking().run();
      }
      return item;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("it was interrupted", null);
    }
  }

  static <T> T result(Future<T> future) {
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
    readers.forEach(Thread::interrupt);
    workers.shutdownNow();
  }
}
