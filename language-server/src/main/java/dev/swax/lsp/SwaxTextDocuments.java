package dev.swax.lsp;

import dev.swax.compiler.analyze.symbol.Occurrence;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentHighlight;
import org.eclipse.lsp4j.DocumentHighlightParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.PrepareRenameDefaultBehavior;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.PrepareRenameResult;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SemanticTokens;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.Either3;
import org.eclipse.lsp4j.services.TextDocumentService;

/** What an editor says of its texts and asks about them; each feature has a class of its own. */
final class SwaxTextDocuments implements TextDocumentService {
  private final Desk desk;
  private final Studies studies;
  private final Texts texts;
  private final Hovers hovers;
  private final Completions completions;
  private final Signatures signatures;
  private final Locations locations;
  private final Renaming renaming;
  private final QuickFixes fixes;

  SwaxTextDocuments(Desk desk, Studies studies, ProjectFiles project, DataLook look) {
    this.desk = desk;
    this.studies = studies;
    this.texts = new Texts(desk, studies, look);
    this.hovers = new Hovers(studies);
    this.completions = new Completions(studies.workspace());
    this.signatures = new Signatures(completions);
    this.locations = new Locations(studies, project);
    this.renaming = new Renaming(studies, locations);
    this.fixes = new QuickFixes(studies.workspace());
  }

  @Override
  public void didOpen(DidOpenTextDocumentParams params) {
    texts.open(params.getTextDocument().getUri(), params.getTextDocument().getText());
  }

  @Override
  public void didChange(DidChangeTextDocumentParams params) {
    texts.change(params.getTextDocument().getUri(), params.getContentChanges());
  }

  @Override
  public void didClose(DidCloseTextDocumentParams params) {
    texts.close(params.getTextDocument().getUri());
  }

  @Override
  public void didSave(DidSaveTextDocumentParams params) {
    texts.saved();
  }

  /** Others have written files. */
  void filesHaveChanged() {
    texts.saved();
  }

  /** The answer about one text; {@code otherwise} where there is none. */
  private <T> CompletableFuture<T> about(
      TextDocumentIdentifier document, T otherwise, Function<Study, T> work) {
    return desk.answer(() -> studies.ofUri(document.getUri()).map(work).orElse(otherwise));
  }

  /** The change of one text, which must be there. */
  private <T> CompletableFuture<T> change(
      TextDocumentIdentifier document, Function<Study, T> work) {
    return desk.answer(() ->
        studies
            .ofUri(document.getUri())
            .map(work)
            .orElseThrow(() -> Desk.refusal("there is no such text")));
  }

  @Override
  public CompletableFuture<Hover> hover(HoverParams params) {
    var nothing = new Hover(List.of());
    return about(
        params.getTextDocument(),
        nothing,
        study -> hovers.at(study, params.getPosition()).orElse(nothing));
  }

  @Override
  public CompletableFuture<SignatureHelp> signatureHelp(SignatureHelpParams params) {
    var nothing = new SignatureHelp(List.of(), null, null);
    return about(
        params.getTextDocument(),
        nothing,
        study -> signatures.at(study, params.getPosition()).orElse(nothing));
  }

  @Override
  public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(
      CompletionParams params) {
    return about(
        params.getTextDocument(),
        Either.forLeft(List.of()),
        study -> Either.forLeft(completions.at(study, params.getPosition())));
  }

  @Override
  public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>>
      definition(DefinitionParams params) {
    return about(
        params.getTextDocument(),
        Either.forLeft(List.of()),
        study -> Either.forLeft(locations.definition(study, params.getPosition())));
  }

  @Override
  public CompletableFuture<List<? extends Location>> references(ReferenceParams params) {
    return about(
        params.getTextDocument(),
        List.of(),
        study ->
            locations.references(
                study, params.getPosition(), params.getContext().isIncludeDeclaration()));
  }

  @Override
  public CompletableFuture<List<? extends DocumentHighlight>> documentHighlight(
      DocumentHighlightParams params) {
    return about(
        params.getTextDocument(),
        List.of(),
        study ->
            study
                .symbols()
                .find(Positions.offset(study.file(), params.getPosition()))
                .map(found -> study.symbols().of(found.symbol()))
                .orElse(List.of())
                .stream()
                .map(Occurrence::span)
                .map(span -> new DocumentHighlight(Positions.range(span)))
                .toList());
  }

  @Override
  public CompletableFuture<List<Either<SymbolInformation, DocumentSymbol>>> documentSymbol(
      DocumentSymbolParams params) {
    return about(
        params.getTextDocument(),
        List.of(),
        study ->
            Outline.of(study.syntax()).stream()
                .map(Either::<SymbolInformation, DocumentSymbol>forRight)
                .toList());
  }

  @Override
  public CompletableFuture<List<FoldingRange>> foldingRange(FoldingRangeRequestParams params) {
    return about(params.getTextDocument(), List.of(), study -> Folding.of(study.file()));
  }

  @Override
  public CompletableFuture<List<? extends TextEdit>> formatting(DocumentFormattingParams params) {
    return about(params.getTextDocument(), List.of(), Formatting::of);
  }

  @Override
  public CompletableFuture<Either3<Range, PrepareRenameResult, PrepareRenameDefaultBehavior>>
      prepareRename(PrepareRenameParams params) {
    return change(
        params.getTextDocument(),
        study -> Either3.forFirst(renaming.prepare(study, params.getPosition())));
  }

  @Override
  public CompletableFuture<WorkspaceEdit> rename(RenameParams params) {
    return change(
        params.getTextDocument(),
        study -> renaming.rename(study, params.getPosition(), params.getNewName()));
  }

  @Override
  public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(CodeActionParams params) {
    String uri = params.getTextDocument().getUri();
    return about(
        params.getTextDocument(),
        List.of(),
        study ->
            fixes.at(study, uri, params.getRange()).stream()
                .map(Either::<Command, CodeAction>forRight)
                .toList());
  }

  @Override
  public CompletableFuture<List<InlayHint>> inlayHint(InlayHintParams params) {
    return about(
        params.getTextDocument(), List.of(), study -> InlayHints.of(study, params.getRange()));
  }

  @Override
  public CompletableFuture<SemanticTokens> semanticTokensFull(SemanticTokensParams params) {
    return about(params.getTextDocument(), new SemanticTokens(List.of()), Colours::of);
  }
}
