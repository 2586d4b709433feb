package dev.swax.runtime.task.text.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class JsonLinesTest {
  private static final String GOOD = "{\"a\": 1}\n";

  @Test
  void aKeyThatComesTwiceIsRefusedWithItsLine() {
    fails(GOOD + "{\"a\": 1, \"b\": 2, \"a\": 1}", "r.jsonl:2 has the key `a` twice");
    fails("{\"o\": [{\"x\": 1, \"x\": 2}]}", "r.jsonl:1 has the key `x` twice");
  }

  @Test
  void halfACharacterIsRefused() {
    fails(GOOD + "{\"a\": [\"x\\ud83d\"]}", "r.jsonl:2 has half of a surrogate pair: `\\ud83d`");
    fails("{\"\\ude00\": 1}", "r.jsonl:1 has half of a surrogate pair: `\\ude00`");
    assertThat(read("{\"a\": \"\\ud83d\\ude00\"}").lines().getFirst().text("a"))
        .isEqualTo("\uD83D\uDE00");
  }

  @Test
  void theReasonIsTheTrueOne() {
    fails("\uFEFF" + GOOD, "`r.jsonl` begins with a byte order mark");
    fails(
        "{\"a\": " + "[".repeat(5000) + "]".repeat(5000) + "}",
        "r.jsonl:1 has brackets nested more than 1,000 deep");
    fails("{\"a\": " + "1".repeat(2000) + "}", "r.jsonl:1 has a number of more than 1,000 digits");
    fails("{\"a\": }", "r.jsonl:1 is not JSON, from column 7 on");
    fails(GOOD + "{\"a\": 1} x", "r.jsonl:2 is not JSON, from column 10 on");
    assertThatThrownBy(() -> JsonLines.of("r.jsonl", new byte[] {'{', (byte) 0xff}))
        .isInstanceOf(UserError.class)
        .hasMessage("`r.jsonl` is not UTF-8 text: byte 1 is 0xff");
    assertThatThrownBy(() -> read("{\"a\": 1e400}").lines().getFirst().number("a"))
        .isInstanceOf(UserError.class)
        .hasMessage("r.jsonl:1: `a` is 1E+400, but a number below 1e308 is expected");
  }

  @Test
  @Timeout(20)
  void aTextMayBeLong() {
    int length = 21_000_000;
    String text = read("{\"a\": \"" + "x".repeat(length) + "\"}").lines().getFirst().text("a");
    assertThat(text).hasSize(length);
  }

  @Test
  void recordsThatDoNotFitAreRefusedBeforeTheMemoryIsFull() {
    byte[] text = GOOD.repeat(1000).getBytes(StandardCharsets.UTF_8);
    assertThat(JsonLines.of("r.jsonl", text, 1_000_000).lines()).hasSize(1000);
    assertThatThrownBy(() -> JsonLines.of("r.jsonl", text, 100_000))
        .isInstanceOf(UserError.class)
        .hasMessage("`r.jsonl` is too large: its records do not fit into this Java heap");
  }

  @Test
  @Timeout(10)
  void whatNeverEndsIsNoFile() {
    assertThatThrownBy(() -> JsonLines.read(Path.of("/dev/zero"), "r.jsonl"))
        .isInstanceOf(UserError.class)
        .hasMessage("`r.jsonl` cannot be read: it is a pipe or a device, not a file");
  }

  @Test
  void theOrderOfKeysAndTheSpellingOfNumbersMeanNothing() {
    assertThat(meaning("{\"b\": [1, {\"y\": 2, \"x\": 1}], \"a\": 1.50}"))
        .isEqualTo(meaning("{\"a\":15e-1,\"b\":[1.0,{\"x\":1,\"y\":2}]}"));
    assertThat(meaning("{\"a\": [1, 2]}")).isNotEqualTo(meaning("{\"a\": [2, 1]}"));
    assertThat(meaning("{\"a\": 1}")).isNotEqualTo(meaning("{\"a\": \"1\"}"));
    assertThat(meaning("{\"a\": \"x,b:1\"}")).isNotEqualTo(meaning("{\"a\": \"x\", \"b\": 1}"));
  }

  private static String meaning(String line) {
    return Meaning.of(read(line).lines().getFirst().node());
  }

  private static void fails(String text, String message) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(UserError.class).hasMessage(message);
  }

  private static JsonLines read(String text) {
    return JsonLines.of("r.jsonl", text.getBytes(StandardCharsets.UTF_8));
  }
}
