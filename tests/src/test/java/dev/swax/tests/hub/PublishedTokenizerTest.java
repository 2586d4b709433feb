package dev.swax.tests.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.source.SourceFile;
import dev.swax.hub.folder.HubFolder;
import dev.swax.hub.tokenizer.PublishedTokenizer;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.token.hf.HfFile;
import dev.swax.runtime.token.hf.HfLibrary;
import dev.swax.tests.Golden;
import dev.swax.tests.Stages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The files of a tokenizer that goes out make the tokens that it makes here; those of transformers
 * are compared in {@code benchmarks/models}.
 */
class PublishedTokenizerTest {
  private static final Path FILES =
      Golden.root().resolve("tokenizers/src/test/resources/dev/swax/tokenizers");

  private static final String LETTERS = "\nab <|end|>s_\u00e9\u4e2d\ud83d\ude00";

  @TempDir Path out = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "byte_level.json; bytes; -; -; false",
        "byte_level.json; characters(\"\\n abdegins<|>_/\u00e9\u4e2d\ud83d\ude00\"); -; -; false",
        "byte_level.json; hf(\"byte_level.json\", end: \"<|end|>\"); <|begin|>; <|end|>; true",
        "byte_level.json; hf(\"byte_level.json\", begin: \"\", special: true); -; -; false",
        "sentence_prefixed.json; hf(\"sentence_prefixed.json\", begin: \"</s>\"); </s>; -; true",
        "unigram.json; hf(\"unigram.json\"); <s>; </s>; true",
      })
  void makesTheSameTokens(String file, String written, String begin, String end, boolean splits)
      throws IOException {
    Tokenizer tokenizer = tokenizer(written);
    var published = PublishedTokenizer.of(tokenizer, FILES.resolve(file));
    published.write(out);
    var back =
        new HfFile(out.resolve(HubFolder.TOKENIZER), Optional.empty(), Optional.empty(), !splits);
    Tokenizer read = ServiceLoader.load(HfLibrary.class).findFirst().orElseThrow().open(back);
    var random = new Random(7);
    int[] letters = LETTERS.codePoints().toArray();
    for (int i = 0; i < 200; i++) {
      var text = new StringBuilder(i % 10 == 0 ? "<|end|></s>" : "");
      random
          .ints(random.nextInt(12), 0, letters.length)
          .forEach(at -> text.appendCodePoint(letters[at]));
      assertThat(read.prompt(text.toString()))
          .as(text.toString())
          .isEqualTo(tokenizer.prompt(text.toString()));
    }
    assertThat(read.end()).isEqualTo(tokenizer.end()).isEqualTo(published.end());
    assertThat(published.settings().path("bos_token").asText("-")).isEqualTo(begin);
    assertThat(published.settings().path("eos_token").asText("-")).isEqualTo(end);
    assertThat(published.settings().path("split_special_tokens").asBoolean()).isEqualTo(splits);
  }

  /** The tokenizer that a swax file says. */
  private static Tokenizer tokenizer(String written) {
    String text =
        """
        edition 1

        model m { vocab = 512 width = 8 ffn = swiglu(hidden: 8) layers = [attention(heads: 1)] }

        data text { files = ["*.json"] tokenizer = %s }

        train t { model = m data = text budget = 1 step seq = 8 tok batch = 8 tok lr = constant(1) }
        """
            .formatted(written);
    var analysis = Stages.analyze(FILES, new SourceFile(FILES.resolve("t.swax").toString(), text));
    return Objects.requireNonNull(analysis.trains().getFirst().data()).tokenizer();
  }
}
