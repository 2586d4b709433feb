package dev.swax.lsp;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.services.LanguageClient;

/** A server on two streams, until the editor says `exit` or closes its side. */
public final class Connection {
  /** It would print stack traces of messages that are none. */
  private static final Logger PROTOCOL = Logger.getLogger("org.eclipse.lsp4j");

  private Connection() {}

  /** Serves, and returns the exit code: 0 after `shutdown`, else 1. */
  public static int serve(SwaxServer server, InputStream in, OutputStream out, FaultListener faults)
      throws InterruptedException {
    PROTOCOL.setLevel(Level.OFF);
    ExecutorService reader = Executors.newCachedThreadPool(daemons("swax-lsp-reader"));
    try {
      Launcher<LanguageClient> launcher =
          new Launcher.Builder<LanguageClient>()
              .setLocalService(server)
              .setRemoteInterface(LanguageClient.class)
              .setInput(in)
              .setOutput(out)
              .setExecutorService(reader)
              .setExceptionHandler(thrown -> error(thrown, faults))
              .create();
      server.connect(launcher.getRemoteProxy());
      Future<Void> listening = launcher.startListening();
      reader.execute(() -> endWith(listening, server, faults));
      return server.ended().get();
    } catch (ExecutionException never) {
      throw new AssertionError("`ended` is completed with codes only", never);
    } finally {
      server.close();
      reader.shutdownNow();
    }
  }

  private static ThreadFactory daemons(String name) {
    return Thread.ofPlatform().name(name).daemon().factory();
  }

  /** The editor has closed its side. */
  private static void endWith(Future<Void> listening, SwaxServer server, FaultListener faults) {
    try {
      listening.get();
    } catch (ExecutionException fault) {
      faults.fault(fault);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    server.exit();
  }

  /** One line of what went wrong; never a stack trace. */
  private static ResponseError error(Throwable thrown, FaultListener faults) {
    Throwable cause = thrown;
    while (cause.getCause() != null && !(cause instanceof ResponseErrorException)) {
      cause = cause.getCause();
    }
    return cause instanceof ResponseErrorException refusal
        ? refusal.getResponseError()
        : new ResponseError(ResponseErrorCode.InternalError, faults.fault(cause), null);
  }
}
