package dev.swax.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.token.hf.HfFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no tokenizer is refused with the file's name and the reason. */
class BadFilesTest {
  @TempDir Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("tokenizer.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "hello                               | it is not JSON, from line 1",
        "[1, 2]                              | it is JSON, but no tokenizer: no object",
        "{}                                  | it has no `vocab` in a `model`",
        "{\"model\": 3}                      | its `model` is no object",
        "{\"model\": {\"vocab\": {}}}        | it has no `vocab` in a `model`",
        "{\"model\": {\"vocab\": {\"a\": 0}}} {} | something stands after its end",
        "{\"model\": {\"vocab\": {\"a\": -7}}} | its token `a` has the number -7",
        "{\"model\": {\"vocab\": {\"a\": 2000000000}}} | but 0 to 16777215 can be used",
        "{\"model\": {\"vocab\": {\"a\": \"b\"}}} | the number of its token `a` is none",
        "{\"model\": {\"vocab\": [[\"a\", 0], 3]}} | its token 1 is no pair of a text and a score",
        "{\"model\": {\"continuing_subword_prefix\": \"##\", \"vocab\": {\"a\": 0}, \"merges\": [\"a a\"]}} | its merges have the `continuing_subword_prefix` `##`",
        "{\"model\": {\"dropout\": 0.1, \"vocab\": {\"a\": 0}}} | its `dropout` is 0.1",
      })
  void whatItIsIsSaid(String text, String reason) throws IOException {
    Files.writeString(file, text);
    refused(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "\"decoder\":{\"type\":\"ByteLevel\" | \"decoder\":{\"type\":\"CTC\" | its decoder is `CTC`",
        "\"pre_tokenizer\":{\"type\":\"ByteLevel\" | \"pre_tokenizer\":{\"type\":\"Moon\" | its parts cannot be used: ",
        "\"id\":331, | \"id\":99, | its added token `<|end|>` has the number 99, but takes 331",
        "\"ids\":[330] | \"ids\":[999] | it puts the token 999 around a text, but has none of that number",
        "\"unk_token\":null | \"unk_token\":17 | its parts cannot be used: ",
      })
  void partsThatSwaxDoesNotKnowAreNamed(String before, String after, String reason)
      throws IOException {
    String text = Files.readString(HfTokenizersTest.path("byte_level"));
    assertThat(text).contains(before);
    Files.writeString(file, text.replace(before, after));
    refused(reason);
  }

  @Test
  void aFileThatIsNotThereOrIsNone() throws IOException {
    refused("it does not exist");
    Files.createDirectory(file);
    refused("it is a folder");
  }

  @Test
  void aFileThatIsCutOffOrFarTooLarge() throws IOException {
    String text = Files.readString(HfTokenizersTest.path("unigram"));
    Files.writeString(file, text.substring(0, text.length() - 40));
    refused("it is not JSON");
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }
    refused("it holds more than 268,435,456 bytes");
  }

  @Test
  void aNumberThatIsTooLarge() throws IOException {
    Files.writeString(file, "{\"model\": {\"vocab\": {\"a\": 4000000000}}}");
    refused("it has a number that is too large, at line 1, column 37");
    Files.writeString(file, "");
    refused("it is empty");
  }

  @Test
  void theSettingsBesideItAreNamed() throws IOException {
    Files.copy(HfTokenizersTest.path("unigram"), file);
    Path settings = folder.resolve("tokenizer_config.json");
    Files.writeString(settings, "{\"bos_token\": ");
    refused(settings + ", which stands beside it: it is not JSON");
    Files.writeString(settings, "[\"bos_token\"]");
    assertThat(open("").prompt("a")).isNotEmpty();
  }

  @Test
  void aTokenThatItLacks() throws IOException {
    Files.copy(HfTokenizersTest.path("byte_level"), file);
    assertThatThrownBy(() -> open("<bos>"))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith("`begin` is `<bos>`, which is none of its tokens")
        .extracting(error -> ((UserError) error).help())
        .isEqualTo("its first special tokens are `<|begin|>`, `<|end|>`, `<|pad|>`");
  }

  @Test
  void halfOfACharacterIsNoText() throws IOException {
    Files.copy(HfTokenizersTest.path("byte_level"), file);
    assertThatThrownBy(() -> open("").encode("a\uD800b"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("half of a surrogate pair, U+D800");
  }

  private void refused(String reason) {
    assertThatThrownBy(() -> open(""))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("cannot use %s as a tokenizer: ".formatted(file))
        .hasMessageContaining(reason);
  }

  private Tokenizer open(String begin) {
    return new HfTokenizers()
        .open(
            new HfFile(
                file,
                begin.isEmpty() ? Optional.empty() : Optional.of(begin),
                Optional.empty(),
                false));
  }
}
