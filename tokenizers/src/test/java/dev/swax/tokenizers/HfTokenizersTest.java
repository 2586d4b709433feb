package dev.swax.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swax.runtime.token.TextDecoder;
import dev.swax.runtime.token.Tokens;
import dev.swax.runtime.token.hf.HfFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Small tokenizers of every kind. What is expected was written by the Python library {@code
 * tokenizers} 0.23.2, which trained them too.
 */
class HfTokenizersTest {
  static final List<String> KINDS =
      List.of(
          "byte_level",
          "sentence_prefixed",
          "sentence_plain",
          "unigram",
          "word_piece",
          "word_end",
          "words");

  @ParameterizedTest
  @FieldSource("KINDS")
  void idsAndTextsAreThoseOfPython(String name) throws IOException {
    HfTokenizer tokenizer = open(name, false);
    JsonNode expected = expected(name);
    for (JsonNode one : expected.path("encoded")) {
      String text = one.path("text").textValue();
      int[] tokens = tokenizer.encode(text);
      assertThat(tokens).as(text).containsExactly(ids(one.path("ids")));
      checkTexts(tokenizer, one, tokens);
    }
    for (JsonNode one : expected.path("decoded")) {
      checkTexts(tokenizer, one, ids(one.path("ids")));
    }
    HfTokenizer asked = open(name, true);
    for (JsonNode one : expected.path("asked")) {
      String text = one.path("text").textValue();
      assertThat(asked.encode(text)).as(text).containsExactly(ids(one.path("ids")));
      Tokens document = asked.document(text.getBytes(StandardCharsets.UTF_8));
      assertThat(IntStream.range(0, document.length()).map(document::at))
          .as(text)
          .containsExactly(IntStream.of(ids(one.path("around"))).boxed().toArray(Integer[]::new));
    }
  }

  /** What stands in a text is text, whatever it looks like; only Python's default is otherwise. */
  @ParameterizedTest
  @FieldSource("KINDS")
  void textIsNoSpecialToken(String name) {
    String text = "<s> </s> <unk> <mask> [CLS] [SEP][PAD] <|begin|> x<|end|> <|pad|>";
    HfTokenizer tokenizer = open(name, false);
    IntPredicate isBorder =
        token -> TextDecoder.decode(tokenizer.decoder(), token, token).isEmpty();
    assertThat(IntStream.of(tokenizer.encode(text)).filter(isBorder).boxed())
        .isSubsetOf(unknown(name));
    if (!name.equals("word_end")) { // it has none but the unknown one
      assertThat(IntStream.of(open(name, true).encode(text)).filter(isBorder).boxed())
          .hasSizeGreaterThan(1);
    }
  }

  /** The token of what has no other, which is special too. */
  private static List<Integer> unknown(String name) {
    return switch (name) {
      case "byte_level" -> List.of();
      case "unigram" -> List.of(2);
      default -> List.of(0);
    };
  }

  private static void checkTexts(HfTokenizer tokenizer, JsonNode one, int[] tokens) {
    String whole = one.path("whole").textValue();
    String shown = one.path("shown").textValue();
    assertThat(TextDecoder.decode(tokenizer.wholeDecoder(), tokens)).isEqualTo(whole);
    assertThat(tokenizer.decode(tokens)).isEqualTo(shown);
    checkStream(tokenizer.decoder(), tokens, shown);
  }

  /** What comes is a beginning of the whole each time, and bytes that wait are counted. */
  private static void checkStream(TextDecoder decoder, int[] tokens, String whole) {
    var text = new StringBuilder();
    for (int token : tokens) {
      text.append(decoder.next(token));
      assertThat(whole).startsWith(text);
    }
    int held = decoder.held();
    String rest = decoder.end();
    assertThat(text + rest).isEqualTo(whole);
    if (!rest.contains("\uFFFD")) {
      assertThat(held).isEqualTo(rest.getBytes(StandardCharsets.UTF_8).length);
    }
  }

  static HfTokenizer open(String name, boolean special) {
    var file = new HfFile(path(name), Optional.empty(), Optional.empty(), special);
    return (HfTokenizer) new HfTokenizers().open(file);
  }

  static Path path(String name) {
    return Path.of(System.getProperty("swax.root"))
        .resolve("tokenizers/src/test/resources/dev/swax/tokenizers/" + name + ".json");
  }

  private static JsonNode expected(String name) throws IOException {
    return TokenizerJson.MAPPER.readTree(path(name + ".expected").toFile());
  }

  private static int[] ids(JsonNode ids) {
    return StreamSupport.stream(ids.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }
}
