package dev.swax.runtime.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTextTest {
  private static final FormatOptions SKIP = new FormatOptions("", "text", Malformed.SKIP);

  @Test
  void eachLineIsADocument() {
    assertThat(
            read("{\"text\": \"one\"}\n{\"id\": [1, {}], \"text\": \"t\\u00e9\\n\\ud83d\\ude00\"}"))
        .containsExactly("a.jsonl:1=one", "a.jsonl:2=t\u00e9\n\ud83d\ude00");
    assertThat(BytesFile.of("a.ndjson", "{\"text\":\"x\"}").documents(FormatOptions.DEFAULT))
        .containsExactly("a.ndjson:1=x");
  }

  @Test
  void blankLinesAndEmptyTextsArePassedOver() {
    assertThat(read("\ufeff{\"text\":\"a\"}\r\n\r\n  \n{\"text\":\"\"}\n{\"text\":\"b\"}\n"))
        .containsExactly("a.jsonl:1=a", "a.jsonl:5=b");
    assertThat(read("")).isEmpty();
  }

  @Test
  void theFieldIsChosenAndTheFormatToo() {
    var file = BytesFile.of("a.json", "{\"text\": 1, \"body\": \"x\"}\n");
    assertThat(file.documents(new FormatOptions("jsonl", "body", Malformed.ERROR)))
        .containsExactly("a.json:1=x");
    assertThat(
            BytesFile.of("a.jsonl", "{}\n")
                .documents(new FormatOptions("text", "text", Malformed.ERROR)))
        .containsExactly("a.jsonl={}\n");
  }

  @Test
  void aPointInAFieldLeadsIntoAnObject() {
    var nested = new FormatOptions("", "message.text", Malformed.ERROR);
    assertThat(
            BytesFile.of(
                    "a.jsonl",
                    "{\"id\": {\"text\": 1}, \"message\": {\"role\": [{}], \"text\": \"one\"}}\n"
                        + "{\"message.text\": \"two\"}\n")
                .documents(nested))
        .containsExactly("a.jsonl:1=one", "a.jsonl:2=two");
    assertThat(
            BytesFile.of("a.jsonl", "{\"a\": {\"b\": {\"c\": \"x\"}, \"c\": 2}}")
                .documents(new FormatOptions("", "a.b.c", Malformed.ERROR)))
        .containsExactly("a.jsonl:1=x");
    for (String line :
        List.of(
            "{\"message\": {\"role\": \"x\"}} has no field `message.text`; it has `message`",
            "{\"message\": 3} has 3 as its `message`, but an object is expected",
            "{\"message\": {\"text\": 3}} has 3 as its `message.text`, but text is expected",
            "{\"message\":{\"text\":\"a\"},\"message\":{\"text\":\"b\"}} has the field `message.text` twice")) {
      int end = line.lastIndexOf('}') + 1;
      assertThatThrownBy(() -> BytesFile.of("a.jsonl", line.substring(0, end)).documents(nested))
          .isInstanceOf(UserError.class)
          .hasMessage("`a.jsonl:1`" + line.substring(end));
    }
    assertThatThrownBy(() -> read("{\"message\": {\"role\": \"x\", \"content\": \"long text\"}}"))
        .isInstanceOfSatisfying(
            UserError.class,
            e -> assertThat(e.help()).startsWith("for example `field = \"message.content\"`"));
  }

  @Test
  void whatIsWrongIsToldWithTheLineAndBothFacts() {
    refused("[\"x\"]", "`a.jsonl:1` is a list, but an object is expected");
    refused("\"x\"", "`a.jsonl:1` is the text \"x\", but an object is expected");
    refused(
        "{\"text\":\"a\"}\n{\"id\":1,\"body\":\"x\"}",
        "`a.jsonl:2` has no field `text`; it has `id`, `body`");
    refused("{}", "`a.jsonl:1` has no field `text`; it has no fields");
    refused("{\"text\": 17}", "`a.jsonl:1` has 17 as its `text`, but text is expected");
    refused("{\"text\": null}", "`a.jsonl:1` has null as its `text`, but text is expected");
    refused("{\"text\": [\"x\"]}", "`a.jsonl:1` has a list as its `text`, but text is expected");
    refused("{\"text\":\"a\",\"text\":\"b\"}", "`a.jsonl:1` has the field `text` twice");
    refused("{\"text\":\"a\"} {}", "`a.jsonl:1` has more behind its object");
    refused("{\"text\":\"a\", oops}", "`a.jsonl:1` is not JSON, from column 14 on");
    refused("{\"text\":\"a\"\n", "`a.jsonl:1` is not JSON: the line ends within its object");
    refused("{\"text\":\"a\"", "`a.jsonl:1` is cut off: the file ends within this line");
    refused("{\"text\":\"a", "`a.jsonl:1` is cut off: the file ends within this line");
    refused("{\"text\":\"\\ud83d\"}", "`a.jsonl:1` has half of a surrogate pair: `\\ud83d`");
    refused("{\"text\":\"\\u0000\"}", "`a.jsonl:1` has a character zero in its text");
    refused("{\"a\":" + "[".repeat(1001), "`a.jsonl:1` has brackets nested more than 1,000 deep");
    refused(
        "{\"a\":" + "1".repeat(1001) + "}", "`a.jsonl:1` has a number of more than 1,000 digits");
    refused("truth\n", "`a.jsonl:1` is not JSON, from column 1 on");
  }

  @Test
  void theHelpNamesTheFieldThatIsText() {
    assertThatThrownBy(() -> read("{\"id\":\"7\",\"content\":\"a long text\"}"))
        .isInstanceOfSatisfying(
            UserError.class,
            error ->
                assertThat(error.help())
                    .isEqualTo(
                        "for example `field = \"content\"`; `malformed = skip` leaves such records out and counts them"));
  }

  @Test
  void bytesThatAreNotUtf8() {
    byte[] bytes = "{\"text\":\"a\"}\n{\"text\":\"x\"}\n".getBytes(StandardCharsets.US_ASCII);
    bytes[22] = (byte) 0xe9;
    assertThatThrownBy(() -> new BytesFile("a.jsonl", bytes).documents(FormatOptions.DEFAULT))
        .hasMessage("`a.jsonl:2` is not UTF-8: byte 10 of the line is 0xe9");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 100_000, 200_000})
  void aLineThatIsTooLongIsPassedOver(int longest) throws IOException {
    String text =
        "{\"text\":\"a\"}\n{\"text\":\"%s\"}\n{\"text\":\"b\"}\n".formatted("x".repeat(longest));
    List<Long> lines = new ArrayList<>();
    Skipped skipped =
        new JsonLinesText(longest)
            .read(BytesFile.of("a.jsonl", text), SKIP, record -> lines.add(record.number()));
    assertThat(lines).containsExactly(1L, 3L);
    assertThat(skipped.text())
        .isEqualTo(
            "left out, because it is malformed: 1 record: lines that are too long (`a.jsonl:2`)");
  }

  @Test
  void malformedLinesAreLeftOutAndCountedByKind() {
    String text = "{\"text\":\"a\"}\n{}\n17\n{\"text\":1}\n{}\n{\"text\":\"b\"}\n{\"text\":\"c";
    List<String> documents = new ArrayList<>();
    var file = BytesFile.of("a.jsonl", text);
    Skipped skipped = TextFormats.read(file, SKIP, record -> documents.add(record.name(file)));
    assertThat(documents).containsExactly("a.jsonl:1", "a.jsonl:6");
    assertThat(skipped.and(skipped).text())
        .isEqualTo(
            "left out, because they are malformed: 10 records: without the field `text` (4, the"
                + " first is `a.jsonl:2`); no object (2, the first is `a.jsonl:3`); `text` is no"
                + " text (2, the first is `a.jsonl:4`); cut off (2, the first is `a.jsonl:7`)");
  }

  private static List<String> read(String text) {
    return BytesFile.of("a.jsonl", text).documents(FormatOptions.DEFAULT);
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(UserError.class).hasMessage(message);
  }
}
