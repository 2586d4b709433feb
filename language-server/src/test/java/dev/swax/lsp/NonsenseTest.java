package dev.swax.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An editor that sends what it should not, and files that are not what they were. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class NonsenseTest extends EditorTest {
  private void send(String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String header = "Content-Length: " + bytes.length + "\r\n\r\n";
    editor().toServer().write(header.getBytes(StandardCharsets.US_ASCII));
    editor().toServer().write(bytes);
    editor().toServer().flush();
  }

  private void stillServes() {
    assertThat(editor().open(FILE, TEXT)).isEmpty();
  }

  @Test
  void messagesThatAreNone() throws IOException {
    send("hello");
    send("{}");
    send("[]");
    send(
        "{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didOpen\",\"params\":{\"textDocument\":7}}");
    send("{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"no/such\",\"params\":[1,2]}");
    send("{\"jsonrpc\":\"2.0\",\"method\":\"$/unknown\",\"params\":null}");
    stillServes();
  }

  @Test
  void placesThatATextDoesNotHave() {
    editor().open(FILE, TEXT);
    for (Position position :
        List.of(new Position(9999, 0), new Position(0, 9999), new Position(-1, -5))) {
      assertThat(
              Editor.get(
                      editor()
                          .documents()
                          .hover(new HoverParams(editor().document(FILE), position)))
                  .getContents()
                  .getLeft())
          .isEmpty();
      Editor.get(
          editor().documents().completion(new CompletionParams(editor().document(FILE), position)));
    }
  }

  @Test
  void aChangeThatEndsBeforeItBegins() {
    editor().open(FILE, TEXT);
    var backwards = new Range(new Position(5, 3), new Position(2, 1));

    editor().change(FILE, new TextDocumentContentChangeEvent(backwards, "x"), TEXT);
    assertThat(editor().change(FILE, TEXT)).isEmpty();
  }

  @Test
  void aChangeOfATextThatWasNeverOpened() {
    editor()
        .documents()
        .didChange(
            new DidChangeTextDocumentParams(
                new VersionedTextDocumentIdentifier(editor().uri("other.swax"), 1),
                List.of(new TextDocumentContentChangeEvent("let a = 1"))));
    stillServes();
    assertThat(editor().log()).anyMatch(line -> line.contains("was changed but never opened"));
  }

  @Test
  void textsThatAreNoFiles() {
    for (String uri : List.of("untitled:Untitled-1", "http://example.org/a.swax", "%%%", "")) {
      var document = new TextDocumentIdentifier(uri);
      assertThat(
              Editor.get(editor().documents().documentSymbol(new DocumentSymbolParams(document))))
          .isEmpty();
    }
  }

  @Test
  void anUnnamedTextIsCheckedToo() {
    String uri = "untitled:Untitled-1";
    assertThat(editor().openUri(uri, "let a = b\n")).hasSize(1);
    assertThat(editor().openUri(uri, "import \"other\"\n")).hasSize(1);
  }

  @Test
  void aFileOutsideTheFolder() throws IOException {
    Path outside = Files.createTempDirectory("outside").resolve("a.swax");
    Files.writeString(outside, "let size = 3\n");

    assertThat(editor().open(outside.toString(), "let size = sise\n")).hasSize(1);
    assertThat(editor().open("use.swax", "import \"%s\"\nlet a = 2 * size\n".formatted(outside)))
        .as("an absolute path is no import")
        .hasSize(1);
    Files.delete(outside);
    Files.delete(outside.getParent());
  }

  @Test
  void anImportThatVanishes() throws IOException {
    Path sizes = editor().write("sizes.swax", "let size = 3\n");
    String text = "import \"sizes\"\nlet a = 2 * size\n";
    assertThat(editor().open("use.swax", text)).isEmpty();

    Files.delete(sizes);

    assertThat(editor().change("use.swax", text + "\n")).hasSize(1);
    editor().write("sizes.swax", "let size = 3\n");
    assertThat(editor().change("use.swax", text)).isEmpty();
  }

  @Test
  void anImportThatIsNoText() throws IOException {
    Files.write(editor().write("sizes.swax", ""), new byte[] {(byte) 0xFF, 0, 1});
    Files.createDirectories(editor().write("x/y.swax", "").resolveSibling("folder.swax"));

    assertThat(editor().open("use.swax", "import \"sizes\"\n")).hasSize(1);
    assertThat(editor().open("use.swax", "import \"x/folder\"\n")).hasSize(1);
    assertThat(editor().open("use.swax", "import \"use\"\n")).hasSize(1);
  }

  @Test
  void aFolderThatCannotBeRead() throws IOException {
    Path file = editor().write("closed/sizes.swax", "let size = 3\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("---------"));
    try {
      editor().open("use.swax", "import \"closed/sizes\"\nlet a = size\n");
      stillServes();
    } finally {
      Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void everyPrefixOfAFile() {
    for (int end = 0; end <= TEXT.length(); end += 23) {
      editor().open(FILE, TEXT.substring(0, end));
      Position last = Positions.position(new dev.swax.compiler.source.SourceFile("", TEXT), end);
      Editor.get(
          editor().documents().completion(new CompletionParams(editor().document(FILE), last)));
      Editor.get(editor().documents().hover(new HoverParams(editor().document(FILE), last)));
      Editor.get(
          editor()
              .documents()
              .signatureHelp(new SignatureHelpParams(editor().document(FILE), last)));
      Editor.get(
          editor().documents().documentSymbol(new DocumentSymbolParams(editor().document(FILE))));
      Editor.get(
          editor()
              .documents()
              .semanticTokensFull(new SemanticTokensParams(editor().document(FILE))));
    }
  }

  @Test
  void aVeryLargeText() {
    assertThat(editor().open(FILE, "let a = " + "(".repeat(100_000))).isNotEmpty();
    assertThat(editor().open(FILE, "let a = 1 ".repeat(50_000))).isNotEmpty();
    stillServes();
  }

  @Test
  void aRefusalIsOneLine() {
    editor().open(FILE, TEXT);
    assertThatThrownBy(() ->
            Editor.get(
                editor()
                    .documents()
                    .rename(
                        new org.eclipse.lsp4j.RenameParams(
                            editor().document(FILE), new Position(1, 0), "x"))))
        .hasMessageContaining("no name stands here")
        .hasMessageNotContaining("\tat ");
  }

  /** It goes away without a word: the server ends, with the code for that. */
  @Test
  void anEditorThatGoesAway() throws IOException {
    var other = new Editor(editor().write("other/a.swax", "").resolveSibling(""));
    other.toServer().close();
    assertThat(Editor.get(other.code())).isEqualTo(1);
  }
}
