package dev.swax.runtime.data;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** What is read of one file, in its order, from the thread that reads to the one that takes. */
final class Lane {
  private static final int ITEMS = 1 << 10;

  private final BlockingQueue<Future<? extends TokenStream.Item>> queue =
      new ArrayBlockingQueue<>(ITEMS);

  /** Done by whoever takes it: it waits for others, which a worker must not. */
  private static final class Lazy extends FutureTask<TokenStream.Item> {
    private Lazy(Callable<TokenStream.Item> work) {
      super(work);
    }
  }

  void put(Future<? extends TokenStream.Item> item) throws InterruptedException {
    queue.put(item);
  }

  void putLazy(Callable<TokenStream.Item> work) throws InterruptedException {
    queue.put(new Lazy(work));
  }

  void fail(Throwable e) throws InterruptedException {
    putLazy(() -> {
      throw new ExecutionException(e);
    });
  }

  Future<? extends TokenStream.Item> take() throws InterruptedException {
    Future<? extends TokenStream.Item> item = queue.take();
    if (item instanceof Lazy lazy) {
      lazy.run();
    }
    return item;
  }
}
