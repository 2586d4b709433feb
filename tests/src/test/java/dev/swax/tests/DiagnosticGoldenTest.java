package dev.swax.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.DiagnosticJson;
import dev.swax.compiler.diagnostic.DiagnosticRenderer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every fault has a case that shows its message whole. */
class DiagnosticGoldenTest {
  private static final String FOLDER = "diagnostics";
  private static final Pattern LABEL =
      Pattern.compile("^(?:error|warning)\\[(SWX\\d+)]", Pattern.MULTILINE);

  @TestFactory
  Stream<DynamicTest> messages() {
    return Golden.tests(FOLDER, ".txt", file -> DiagnosticRenderer.render(diagnose(file)));
  }

  @Test
  void everyCodeHasACase() {
    List<String> shown =
        Golden.files(Golden.folder(FOLDER), ".txt").stream()
            .flatMap(file -> LABEL.matcher(Golden.read(file)).results())
            .map(label -> label.group(1))
            .toList();
    List<String> missing =
        Stream.of(Code.values())
            .map(Code::label)
            .filter(label -> Stages.FAMILIES.stream().anyMatch(label::startsWith))
            .filter(label -> !shown.contains(label))
            .toList();
    assertThat(missing).as("codes without a case in tests/golden/diagnostics").isEmpty();
  }

  @Test
  void everyNumberIsUsedOnce() {
    assertThat(Stream.of(Code.values()).map(Code::label)).doesNotHaveDuplicates();
  }

  @Test
  void everyCaseHasAMessageAndSaysItsPoint() throws IOException {
    for (Path file : Golden.cases(Golden.folder(FOLDER))) {
      assertThat(diagnose(file)).as(file.toString()).isNotEmpty();
      byte[] bytes = Files.readAllBytes(file);
      assertThat(new String(bytes, StandardCharsets.ISO_8859_1).replace("\0", ""))
          .as("the first line of " + file + " says what the case is for")
          .contains("// ");
    }
  }

  @Test
  void jsonSaysWhatTheTextSays() throws IOException {
    for (Path file : Golden.cases(Golden.folder(FOLDER))) {
      List<Diagnostic> diagnostics = diagnose(file);
      JsonNode json = new ObjectMapper().readTree(DiagnosticJson.render(diagnostics));
      assertThat(json).hasSize(diagnostics.size());
      for (int at = 0; at < diagnostics.size(); at++) {
        Diagnostic diagnostic = diagnostics.get(at);
        JsonNode object = json.get(at);
        assertThat(object.get("code").asText()).isEqualTo(diagnostic.code().label());
        assertThat(object.get("message").asText()).isEqualTo(diagnostic.message());
        assertThat(object.get("line").asInt()).isEqualTo(diagnostic.span().line());
        assertThat(object.get("column").asInt()).isEqualTo(diagnostic.span().column());
        assertThat(object.get("notes")).hasSize(diagnostic.notes().size());
        assertThat(object.get("help").isNull()).isEqualTo(diagnostic.help() == null);
      }
    }
  }

  private static List<Diagnostic> diagnose(Path file) {
    return Stages.diagnose(Golden.folder(FOLDER), file);
  }
}
