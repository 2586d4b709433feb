package dev.swax.lsp;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionOptions;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.RenameOptions;
import org.eclipse.lsp4j.SemanticTokensWithRegistrationOptions;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.SignatureHelpOptions;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextDocumentSyncOptions;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.WorkspaceFoldersOptions;
import org.eclipse.lsp4j.WorkspaceServerCapabilities;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageClientAware;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;

/** What the server can do, and its life: from `initialize` to `exit`. */
public final class SwaxServer implements LanguageServer, LanguageClientAware, AutoCloseable {
  private final String version;
  private final Desk desk;
  private final ProjectFiles project;
  private final SwaxTextDocuments documents;
  private final SwaxWorkspace folders;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private volatile boolean shutDown;

  /**
   * @param version of swax
   * @param caches folder for copies of the library, which editors open
   * @param look at the files that texts name
   */
  public SwaxServer(String version, Path caches, DataLook look, FaultListener faults) {
    this.version = version;
    desk = new Desk(faults);
    var studies = new Studies(new Workspace(new Library(caches)));
    project = new ProjectFiles(studies.workspace());
    documents = new SwaxTextDocuments(desk, studies, project, look);
    folders = new SwaxWorkspace(desk, project, documents);
  }

  @Override
  public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
    return desk.answer(() -> {
      roots(params).forEach(project::add);
      return new InitializeResult(capabilities(), new ServerInfo("swax", version));
    });
  }

  @SuppressWarnings("deprecation") // older editors send only this
  private static List<Path> roots(InitializeParams params) {
    List<WorkspaceFolder> folders = params.getWorkspaceFolders();
    if (folders != null && !folders.isEmpty()) {
      return folders.stream().flatMap(folder -> folder(folder.getUri()).stream()).toList();
    }
    return params.getRootUri() == null ? List.of() : folder(params.getRootUri()).stream().toList();
  }

  static Optional<Path> folder(String uri) {
    try {
      return Optional.of(Path.of(URI.create(uri)));
    } catch (IllegalArgumentException | FileSystemNotFoundException noFolder) {
      return Optional.empty();
    }
  }

  private static ServerCapabilities capabilities() {
    var can = new ServerCapabilities();
    can.setTextDocumentSync(sync());
    can.setHoverProvider(true);
    can.setSignatureHelpProvider(new SignatureHelpOptions(List.of("(", ",", ":")));
    can.setCompletionProvider(new CompletionOptions(false, List.of(".", "\"", "/")));
    can.setDefinitionProvider(true);
    can.setReferencesProvider(true);
    can.setDocumentHighlightProvider(true);
    can.setDocumentSymbolProvider(true);
    can.setFoldingRangeProvider(true);
    can.setDocumentFormattingProvider(true);
    can.setRenameProvider(new RenameOptions(true));
    can.setCodeActionProvider(new CodeActionOptions(List.of(CodeActionKind.QuickFix)));
    can.setInlayHintProvider(true);
    can.setSemanticTokensProvider(
        new SemanticTokensWithRegistrationOptions(Colours.LEGEND, true, false));
    var folders = new WorkspaceFoldersOptions();
    folders.setSupported(true);
    folders.setChangeNotifications(true);
    can.setWorkspace(new WorkspaceServerCapabilities(folders));
    return can;
  }

  private static TextDocumentSyncOptions sync() {
    var sync = new TextDocumentSyncOptions();
    sync.setOpenClose(true);
    sync.setChange(TextDocumentSyncKind.Incremental);
    sync.setSave(true);
    return sync;
  }

  @Override
  public CompletableFuture<Object> shutdown() {
    shutDown = true;
    return CompletableFuture.completedFuture(new Object());
  }

  @Override
  public void exit() {
    ended.complete(shutDown ? 0 : 1);
  }

  /** Completes with the code of `exit`: 0 after `shutdown`, else 1. */
  public CompletableFuture<Integer> ended() {
    return ended;
  }

  @Override
  public TextDocumentService getTextDocumentService() {
    return documents;
  }

  @Override
  public WorkspaceService getWorkspaceService() {
    return folders;
  }

  @Override
  public void connect(LanguageClient client) {
    desk.connect(client);
  }

  @Override
  public void close() {
    desk.close();
  }
}
