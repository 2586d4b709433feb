package dev.swax.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PromptTest {
  @Test
  void itIsWhatWasTypedOrWhatStandardInputHolds() {
    assertThat(Prompt.text("größe", in("other"))).isEqualTo("größe");
    assertThat(Prompt.text("-", in("größe \uFFFD"))).isEqualTo("größe \uFFFD");
  }

  @Test
  void whatIsNoTextIsRefused() {
    var latin = new ByteArrayInputStream("caf\u00e9!".getBytes(StandardCharsets.ISO_8859_1));
    refused("-", latin, "the prompt is not UTF-8: byte 3 is 0xe9");
    refused(
        "caf\uFFFD!",
        in(""),
        "the prompt contains U+FFFD, which replaces bytes that are not UTF-8");
  }

  @Test
  void whatNeverEndsIsRefused() {
    var endless =
        new InputStream() {
          @Override
          public int read() {
            return 'a';
          }

          @Override
          public int read(byte[] bytes, int from, int length) {
            Arrays.fill(bytes, from, from + length, (byte) 'a');
            return length;
          }
        };
    refused("-", endless, "the prompt has more than 16,777,216 bytes");
  }

  private static void refused(String typed, InputStream in, String message) {
    assertThatThrownBy(() -> Prompt.text(typed, in))
        .isInstanceOf(UserError.class)
        .hasMessage(message);
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
