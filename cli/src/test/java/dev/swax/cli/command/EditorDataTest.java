package dev.swax.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.cli.input.Input;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.runtime.data.Caching;
import dev.swax.runtime.data.LoadListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an editor is told of the files that a text names. */
class EditorDataTest {
  private static final String STUDY =
      """
      edition 1
      import "std/models"
      data text { files = ["text/*.txt"] held_out = 20% }
      data letters { files = ["text/*.txt"] held_out = 20% tokenizer = characters("ab ") }
      train main {
        model = swa_only(width: 32, blocks: 1, window: 8)
        data = text
        seq = 32 tok
        batch = 64 tok
        budget = 2 step
        lr = constant(rate: 1e-2)
      }
      """;

  @TempDir private Path folder;

  private EditorData data;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectory(folder.resolve("text"));
    for (int i = 0; i < 5; i++) {
      write(i, "a b ".repeat(100 + i));
    }
    var environment = Map.of("SWAX_CACHE", "caches");
    data = new EditorData(Caching.of(environment, folder, LoadListener.NONE));
  }

  private Path write(int number, String text) throws IOException {
    return Files.writeString(folder.resolve("text/%d.txt".formatted(number)), text);
  }

  private List<Diagnostic> look() throws IOException {
    Path file = Files.writeString(folder.resolve("study.swax"), STUDY);
    var input = new Input(Input.read(file, false), null, List.of(), false);
    var faults = new Diagnostics();
    var analysis = input.findAnalysis(faults);
    assertThat(faults.all()).isEmpty();
    return data.at(analysis.orElseThrow());
  }

  @Test
  void filesThatFitAreRight() throws IOException {
    assertThat(look()).isEmpty();
    assertThat(folder.resolve("caches")).doesNotExist();
  }

  @Test
  void aTokenizerThatDoesNotFit() throws IOException {
    write(3, "a b c");
    assertThat(look())
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.code()).isEqualTo(Code.TEXT);
          assertThat(fault.span().text()).isEqualTo("letters");
          assertThat(fault.message()).contains("`3.txt`", "lacks `c`");
        });
  }

  @Test
  void textThatIsTooShortAndFilesThatAreNotThere() throws IOException {
    for (int i = 0; i < 5; i++) {
      write(i, "a" + " b".repeat(i));
    }
    assertThat(look()).extracting(fault -> fault.span().text()).contains("main");
    for (int i = 0; i < 5; i++) {
      Files.delete(folder.resolve("text/%d.txt".formatted(i)));
    }
    assertThat(look()).extracting(fault -> fault.span().text()).containsExactly("text", "letters");
  }

  /** As long as size and time stay: nothing else tells that the text is another. */
  @Test
  void whatLooksAsBeforeIsNotReadAgain() throws IOException {
    Path file = write(3, "a b");
    FileTime time = Files.getLastModifiedTime(file);
    assertThat(look()).isEmpty();
    write(3, "a c");
    Files.setLastModifiedTime(file, time);
    assertThat(look()).isEmpty();
    Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 5_000));
    assertThat(look()).hasSize(1);
    assertThat(look()).hasSize(1);
  }

  /** A letter without a token is found where it stands among the first. */
  @Test
  void ofMuchTextTheBeginningsAreRead() throws IOException {
    write(3, "a b ".repeat(2 << 20) + "c");
    assertThat(look()).isEmpty();
    write(3, "c" + "a b ".repeat(2 << 20));
    assertThat(look()).extracting(fault -> fault.span().text()).containsExactly("letters");
  }
}
