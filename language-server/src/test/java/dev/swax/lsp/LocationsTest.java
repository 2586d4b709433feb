package dev.swax.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DocumentHighlightParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceContext;
import org.eclipse.lsp4j.ReferenceParams;
import org.junit.jupiter.api.Test;

class LocationsTest extends EditorTest {
  private List<Location> definition(String file, Position position) {
    return List.copyOf(
        Editor.get(
                editor()
                    .documents()
                    .definition(new DefinitionParams(editor().document(file), position)))
            .getLeft());
  }

  private Position declared(String word, int n) {
    List<Location> found = definition(FILE, editor().at(FILE, word, n, 1));
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().getUri()).isEqualTo(editor().uri(FILE));
    return found.getFirst().getRange().getStart();
  }

  private String referenced(String file, String word, int n, boolean withDeclaration) {
    return Editor.get(
            editor()
                .documents()
                .references(
                    new ReferenceParams(
                        editor().document(file),
                        editor().at(file, word, n, 1),
                        new ReferenceContext(withDeclaration))))
        .stream()
        .map(one ->
            Path.of(URI.create(one.getUri())).getFileName()
                + ":"
                + (one.getRange().getStart().getLine() + 1))
        .toList()
        .toString();
  }

  @Test
  void aNameOfTheFile() {
    editor().open(FILE, TEXT);

    assertThat(declared("hybrid", 3)).isEqualTo(editor().at(FILE, "hybrid", 1, 0));
    assertThat(declared("half", 2)).isEqualTo(editor().at(FILE, "half", 1, 0));
  }

  @Test
  void aStateAndALineOfACell() {
    editor().open(FILE, TEXT);

    assertThat(declared("S'", 2)).isEqualTo(editor().at(FILE, "S: [key", 1, 0));
    assertThat(declared("q . S", 1)).isEqualTo(editor().at(FILE, "q, k:", 1, 0));
    assertThat(declared("key, value]", 1)).isEqualTo(editor().at(FILE, "key = 8", 1, 0));
  }

  @Test
  void whatAForBindsAlsoInALabel() {
    editor().open(FILE, TEXT);

    assertThat(declared("u}", 1)).isEqualTo(editor().at(FILE, "u in", 1, 0));
    assertThat(declared("u)\n", 1)).isEqualTo(editor().at(FILE, "u in", 1, 0));
  }

  @Test
  void anotherFile() {
    editor().write("parts/sizes.swax", "/// How wide.\nlet size = 64\n");
    Position position =
        editor().openAt("use.swax", "import \"parts/sizes\"\nlet twice = 2 * si|ze\n");

    assertThat(definition("use.swax", position))
        .containsExactly(
            new Location(
                editor().uri("parts/sizes.swax"),
                new Range(new Position(1, 4), new Position(1, 8))));
    assertThat(definition("use.swax", new Position(0, 12)).getFirst().getUri())
        .isEqualTo(editor().uri("parts/sizes.swax"));
  }

  @Test
  void theLibraryIsAFileThatCanBeOpened() throws Exception {
    editor().open(FILE, TEXT);
    Location swax = definition(FILE, editor().at(FILE, "swax with", 1, 1)).getFirst();
    Path copy = Path.of(URI.create(swax.getUri()));

    assertThat(copy.toString()).endsWith("std/models.swax");
    String line = Files.readAllLines(copy).get(swax.getRange().getStart().getLine());
    assertThat(line).startsWith("model swax = lm with");

    Location memory = definition(FILE, editor().at(FILE, "memory, full", 1, 1)).getFirst();
    assertThat(memory.getUri()).isEqualTo(swax.getUri());
  }

  @Test
  void aFileOfTheLibraryIsRightAndLeadsOn() throws Exception {
    editor().open(FILE, TEXT);
    Location swax = definition(FILE, editor().at(FILE, "swax with", 1, 1)).getFirst();
    Path copy = Path.of(URI.create(swax.getUri()));
    String path = copy.toString();

    assertThat(editor().open(path, Files.readString(copy))).isEmpty();
    List<Location> found = definition(path, editor().at(path, "mlstm(", 1, 1));
    assertThat(found.getFirst().getUri()).endsWith("std/cells.swax");
  }

  @Test
  void allUses() {
    editor().open(FILE, TEXT);

    assertThat(referenced(FILE, "half", 1, true)).isEqualTo("[study.swax:8, study.swax:10]");
    assertThat(referenced(FILE, "hybrid", 1, false))
        .isEqualTo("[study.swax:12, study.swax:19, study.swax:37, study.swax:42]");
  }

  @Test
  void usesInFilesThatAreNotOpen() {
    editor().write("use.swax", "import \"sizes\"\nlet twice = 2 * size\n");
    editor().write("node_modules/no.swax", "import \"../sizes\"\nlet twice = 2 * size\n");
    editor().open("sizes.swax", "let size = 64\n");

    assertThat(referenced("sizes.swax", "size", 1, true)).isEqualTo("[sizes.swax:1, use.swax:2]");
  }

  @Test
  void usesAreHighlighted() {
    editor().open(FILE, TEXT);

    assertThat(
            Editor.get(
                editor()
                    .documents()
                    .documentHighlight(
                        new DocumentHighlightParams(
                            editor().document(FILE), editor().at(FILE, "half", 1, 1)))))
        .hasSize(2);
  }
}
