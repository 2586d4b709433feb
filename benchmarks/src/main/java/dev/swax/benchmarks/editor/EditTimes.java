package dev.swax.benchmarks.editor;

import dev.swax.lsp.Connection;
import dev.swax.lsp.SwaxServer;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.stream.Stream;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;

/**
 * From a changed letter to the diagnostics, for each file of a folder: the time that an editor
 * waits, and the processor time of the server's thread. The first round is that of a server that
 * was just started.
 */
public final class EditTimes implements LanguageClient {
  private static final int EDITS = 9;
  private static final int ROUNDS = 8;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final SynchronousQueue<PublishDiagnosticsParams> told = new SynchronousQueue<>();
  private final LanguageServer server;

  private EditTimes() throws IOException {
    var toServer = new PipedOutputStream();
    var serverIn = new PipedInputStream(toServer, 1 << 20);
    var fromServer = new PipedInputStream(1 << 20);
    var serverOut = new PipedOutputStream(fromServer);
    Path caches = Files.createTempDirectory("edit-times");
    var served = new SwaxServer("benchmark", caches, _ -> List.of(), Throwable::toString);
    Thread.ofPlatform().daemon().start(() -> serve(served, serverIn, serverOut));
    var launcher = LSPLauncher.createClientLauncher(this, fromServer, toServer);
    launcher.startListening();
    server = launcher.getRemoteProxy();
    server.initialize(new InitializeParams()).join();
  }

  private static void serve(SwaxServer server, PipedInputStream in, PipedOutputStream out) {
    try {
      Connection.serve(server, in, out, Throwable::toString);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@code arguments}: a folder. */
  public static void main(String[] arguments) throws Exception {
    var times = new EditTimes();
    List<Path> files;
    try (Stream<Path> found = Files.list(Path.of(arguments[0]))) {
      files = found.filter(path -> path.toString().endsWith(".swax")).sorted().toList();
    }
    for (int round = 1; round <= ROUNDS; round++) {
      for (Path file : files) {
        String line = times.file(file);
        if (round == 1 || round == ROUNDS) {
          System.out.println("round " + round + "  " + line);
        }
      }
    }
    System.exit(0);
  }

  private String file(Path file) throws IOException, InterruptedException {
    String uri = file.toAbsolutePath().toUri().toString();
    String text = Files.readString(file);
    server
        .getTextDocumentService()
        .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(uri, "swax", 1, text)));
    told.take();
    double[] waited = new double[EDITS];
    double[] worked = new double[EDITS];
    for (int edit = 0; edit < EDITS; edit++) {
      var change = new TextDocumentContentChangeEvent(text + "\n// " + edit + "\n");
      var document = new VersionedTextDocumentIdentifier(uri, edit + 2);
      long processor = processorTime();
      long start = System.nanoTime();
      server
          .getTextDocumentService()
          .didChange(new DidChangeTextDocumentParams(document, List.of(change)));
      told.take();
      waited[edit] = (System.nanoTime() - start) / 1e6;
      worked[edit] = (processorTime() - processor) / 1e6;
    }
    server
        .getTextDocumentService()
        .didClose(new DidCloseTextDocumentParams(new TextDocumentIdentifier(uri)));
    told.take();
    return String.format(
        Locale.ROOT,
        "%-18s waited %.1f ms, at most %.1f; processor %.1f ms, at most %.1f",
        file.getFileName(),
        median(waited),
        waited[EDITS - 1],
        median(worked),
        worked[EDITS - 1]);
  }

  /** Sorts, and gives the middle. */
  private static double median(double[] times) {
    Arrays.sort(times);
    return times[times.length / 2];
  }

  private static long processorTime() {
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().equals("swax-lsp")) {
        return THREADS.getThreadCpuTime(thread.getThreadId());
      }
    }
    throw new IllegalStateException("the server has no thread");
  }

  @Override
  public void publishDiagnostics(PublishDiagnosticsParams diagnostics) {
    try {
      told.put(diagnostics);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void telemetryEvent(Object object) {}

  @Override
  public void showMessage(MessageParams message) {
    System.err.println(message.getMessage());
  }

  @Override
  public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams request) {
    throw new UnsupportedOperationException("the server asks nothing");
  }

  @Override
  public void logMessage(MessageParams message) {
    System.err.println(message.getMessage());
  }
}
