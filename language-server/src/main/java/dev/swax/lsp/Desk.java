package dev.swax.lsp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.services.LanguageClient;
import org.jspecify.annotations.Nullable;

/**
 * Where all work is done: one thread, one piece after the other, in the order in which the editor
 * sent it. So no feature meets another one's changes. What takes long is done aside.
 */
final class Desk implements AutoCloseable {
  private final ExecutorService worker = thread("swax-lsp");
  private final ExecutorService aside = thread("swax-lsp-aside");
  private final FaultListener faults;
  private volatile @Nullable LanguageClient client;

  Desk(FaultListener faults) {
    this.faults = faults;
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).daemon().factory());
  }

  void connect(LanguageClient editor) {
    client = editor;
  }

  @Nullable LanguageClient client() {
    return client;
  }

  /** A request: its answer, or one line that says what went wrong. */
  <T> CompletableFuture<T> answer(Supplier<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.get();
          } catch (ResponseErrorException refusal) {
            throw refusal;
          } catch (RuntimeException | StackOverflowError | AssertionError fault) {
            throw new ResponseErrorException(
                new ResponseError(ResponseErrorCode.InternalError, faults.fault(fault), null));
          }
        },
        worker);
  }

  /** Work that nobody waits for. */
  void later(Runnable work) {
    execute(worker, work);
  }

  /** The same beside it, for what may take long; it may not touch what the desk has. */
  void aside(Runnable work) {
    execute(aside, work);
  }

  private void execute(ExecutorService thread, Runnable work) {
    try {
      thread.execute(() -> attempt(work));
    } catch (RejectedExecutionException closed) {
      return; // nobody is told any more
    }
  }

  private void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | StackOverflowError | AssertionError fault) {
      tell(faults.fault(fault));
    }
  }

  /** Shows a line in the editor's log. */
  void tell(String line) {
    LanguageClient editor = client;
    if (editor != null) {
      editor.logMessage(new MessageParams(MessageType.Error, line));
    }
  }

  /** A refusal that the user reads. */
  static ResponseErrorException refusal(String message) {
    return new ResponseErrorException(
        new ResponseError(ResponseErrorCode.RequestFailed, message, null));
  }

  @Override
  public void close() {
    aside.shutdownNow();
    worker.shutdownNow();
  }
}
