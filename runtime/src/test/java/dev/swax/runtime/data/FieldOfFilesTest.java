package dev.swax.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.format.FormatOptions;
import dev.swax.runtime.data.format.Malformed;
import dev.swax.runtime.token.ByteTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A field is of files that have fields. */
class FieldOfFilesTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "plain");
    Files.writeString(folder.resolve("b.jsonl"), "{\"body\": \"words\"}\n");
  }

  @Test
  void whereNoFileHasFieldsItIsRefused() {
    assertThatThrownBy(() -> read("a.txt"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "`field` is `body`, but the files have no fields: each is one document, as `a.txt`");
  }

  @Test
  void someFilesMayHaveNone() {
    assertThat(read("*").tokens()).isEqualTo("plain".length() + "words".length());
  }

  private Corpus read(String pattern) {
    var options = new FormatOptions("", "body", Malformed.ERROR);
    return new TextLoader(folder).read(List.of(pattern), options, ByteTokenizer.BYTES);
  }
}
