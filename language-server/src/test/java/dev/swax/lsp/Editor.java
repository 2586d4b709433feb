package dev.swax.lsp;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;

/** An editor with one folder, connected to a server of this process by pipes. */
final class Editor implements LanguageClient, AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Path folder;
  private final LanguageServer server;
  private final InitializeResult initialized;
  private final PipedOutputStream toServer;
  private final CompletableFuture<Integer> code;
  private final Map<String, String> texts = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<List<Diagnostic>>> told = new ConcurrentHashMap<>();
  private final List<String> log = new ArrayList<>();
  private final List<Throwable> faults = new ArrayList<>();

  Editor(Path folder) {
    this(folder, _ -> List.of());
  }

  /** One whose server looks so at the files that texts name. */
  Editor(Path folder, DataLook look) {
    this.folder = folder;
    try {
      toServer = new PipedOutputStream();
      var serverIn = new PipedInputStream(toServer, 1 << 20);
      var fromServer = new PipedInputStream(1 << 20);
      var serverOut = new PipedOutputStream(fromServer);
      var served = new SwaxServer("test", folder.resolve(".caches"), look, this::fault);
      code =
          CompletableFuture.supplyAsync(() -> {
            try {
              return Connection.serve(served, serverIn, serverOut, this::fault);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      Launcher<LanguageServer> launcher =
          LSPLauncher.createClientLauncher(this, fromServer, toServer);
      launcher.startListening();
      server = launcher.getRemoteProxy();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var params = new InitializeParams();
    params.setCapabilities(new ClientCapabilities());
    params.setWorkspaceFolders(List.of(new WorkspaceFolder(folder.toUri().toString(), "test")));
    initialized = get(server.initialize(params));
    server.initialized(new InitializedParams());
  }

  private String fault(Throwable thrown) {
    synchronized (faults) {
      faults.add(thrown);
    }
    return "a fault: " + thrown;
  }

  /** What the server itself did wrong. */
  List<Throwable> faults() {
    synchronized (faults) {
      return List.copyOf(faults);
    }
  }

  LanguageServer server() {
    return server;
  }

  InitializeResult initialized() {
    return initialized;
  }

  PipedOutputStream toServer() {
    return toServer;
  }

  CompletableFuture<Integer> code() {
    return code;
  }

  List<String> log() {
    synchronized (log) {
      return List.copyOf(log);
    }
  }

  static <T> T get(CompletableFuture<T> answer) {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  String uri(String file) {
    return folder.resolve(file).toUri().toString();
  }

  TextDocumentIdentifier document(String file) {
    return new TextDocumentIdentifier(uri(file));
  }

  /** Writes a file to the disk. */
  Path write(String file, String text) {
    try {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      return Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a text in which `|` marks a place; gives the place. */
  Position openAt(String file, String marked) {
    int offset = marked.indexOf('|');
    if (offset < 0) {
      throw new AssertionError("no place is marked");
    }
    open(file, marked.substring(0, offset) + marked.substring(offset + 1));
    String before = marked.substring(0, offset);
    int line = (int) before.chars().filter(c -> c == '\n').count();
    return new Position(line, offset - before.lastIndexOf('\n') - 1);
  }

  TextDocumentService documents() {
    return server.getTextDocumentService();
  }

  /** Opens a text, and waits for what is wrong with it. */
  List<Diagnostic> open(String file, String text) {
    texts.put(file, text);
    return openUri(uri(file), text);
  }

  List<Diagnostic> openUri(String uri, String text) {
    var next = new CompletableFuture<List<Diagnostic>>();
    told.put(uri, next);
    documents().didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(uri, "swax", 1, text)));
    return get(next);
  }

  /** Replaces all of a text, and waits for what is wrong with it. */
  List<Diagnostic> change(String file, String text) {
    return change(file, new TextDocumentContentChangeEvent(text), text);
  }

  List<Diagnostic> change(String file, TextDocumentContentChangeEvent event, String text) {
    CompletableFuture<List<Diagnostic>> next = next(file);
    texts.put(file, text);
    server
        .getTextDocumentService()
        .didChange(
            new DidChangeTextDocumentParams(
                new VersionedTextDocumentIdentifier(uri(file), 2), List.of(event)));
    return get(next);
  }

  void save(String file) {
    documents().didSave(new DidSaveTextDocumentParams(document(file)));
  }

  void close(String file) {
    server.getTextDocumentService().didClose(new DidCloseTextDocumentParams(document(file)));
  }

  /** What is told next of a text. */
  CompletableFuture<List<Diagnostic>> next(String file) {
    var next = new CompletableFuture<List<Diagnostic>>();
    told.put(uri(file), next);
    return next;
  }

  /** The place of the n-th {@code mark} in a text that is open, from 1; in it, so far. */
  Position at(String file, String mark, int n, int into) {
    String text = Objects.requireNonNull(texts.get(file));
    int offset = -1;
    for (int i = 0; i < n; i++) {
      offset = text.indexOf(mark, offset + 1);
      if (offset < 0) {
        throw new AssertionError("no " + mark + " in " + file);
      }
    }
    String before = text.substring(0, offset + into);
    int line = (int) before.chars().filter(c -> c == '\n').count();
    return new Position(line, before.length() - before.lastIndexOf('\n') - 1);
  }

  Position at(String file, String mark) {
    return at(file, mark, 1, 0);
  }

  @Override
  public void publishDiagnostics(PublishDiagnosticsParams params) {
    CompletableFuture<List<Diagnostic>> waiting = told.get(params.getUri());
    if (waiting != null) {
      waiting.complete(params.getDiagnostics());
    }
  }

  @Override
  public void logMessage(MessageParams message) {
    synchronized (log) {
      log.add(message.getMessage());
    }
  }

  @Override
  public void telemetryEvent(Object object) {
    throw new AssertionError("the server sends no telemetry");
  }

  @Override
  public void showMessage(MessageParams message) {
    logMessage(message);
  }

  @Override
  public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams params) {
    throw new AssertionError("the server asks nothing");
  }

  @Override
  public void close() {
    get(server.shutdown());
    server.exit();
    get(code);
  }
}
