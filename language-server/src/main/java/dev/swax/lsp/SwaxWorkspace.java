package dev.swax.lsp;

import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.eclipse.lsp4j.services.WorkspaceService;

/** Changes of folders, and of files that others write. */
final class SwaxWorkspace implements WorkspaceService {
  private final Desk desk;
  private final ProjectFiles project;
  private final SwaxTextDocuments documents;

  SwaxWorkspace(Desk desk, ProjectFiles project, SwaxTextDocuments documents) {
    this.desk = desk;
    this.project = project;
    this.documents = documents;
  }

  @Override
  public void didChangeConfiguration(DidChangeConfigurationParams params) {
    // There is nothing to configure.
  }

  @Override
  public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
    documents.filesHaveChanged();
  }

  @Override
  public void didChangeWorkspaceFolders(DidChangeWorkspaceFoldersParams params) {
    desk.later(() -> {
      params
          .getEvent()
          .getRemoved()
          .forEach(folder -> SwaxServer.folder(folder.getUri()).ifPresent(project::remove));
      params
          .getEvent()
          .getAdded()
          .forEach(folder -> SwaxServer.folder(folder.getUri()).ifPresent(project::add));
    });
  }
}
