package dev.swax.runtime.task.text.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import dev.swax.runtime.task.Choices;
import dev.swax.runtime.task.text.record.RecordFile;
import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubChoicesTest {
  private static final Tokenizer BYTES = ByteTokenizer.BYTES;
  private static final String ARC =
      "{\"question\": \"Q?\", \"choices\": {\"text\": [\"é\", \"no\"], \"label\": [\"A\", \"B\"]},"
          + " \"answerKey\": \"B\"}";

  @TempDir private Path folder;

  @Test
  void arcInBothLayouts() {
    String original =
        "{\"question\": {\"stem\": \"Q?\", \"choices\": [{\"text\": \"é\", \"label\": \"A\"},"
            + " {\"text\": \"no\", \"label\": \"B\"}]}, \"answerKey\": \"B\"}";
    for (String line : List.of(ARC, original)) {
      assertThat(shown(ChoiceSet.ARC, line))
          .containsExactly("right 1", "Question: Q?\nAnswer:| é|1", "Question: Q?\nAnswer:| no|2");
    }
  }

  @Test
  void hellaswagIsCleaned() {
    String line =
        "{\"activity_label\": \"Baking\", \"ctx_a\": \"A man [header] Go [title] on\", \"ctx_b\":"
            + " \"he Then\", \"endings\": [\"eats.\", \"[step] runs.\"], \"label\": \"0\"}";
    assertThat(shown(ChoiceSet.HELLASWAG, line))
        .containsExactly(
            "right 0",
            "Baking: A man Go. on He then| eats.|5",
            "Baking: A man Go. on He then|  runs.|6");
  }

  @Test
  void winograndeScoresTheRestOfTheSentence() {
    String line =
        "{\"sentence\": \"The cup fell off _ again.\", \"option1\": \"it\", \"option2\":"
            + " \"them\", \"answer\": \"2\"}";
    assertThat(shown(ChoiceSet.WINOGRANDE, line))
        .containsExactly(
            "right 1", "The cup fell off it| again.|6", "The cup fell off them| again.|6");
  }

  @Test
  void piqaSiqaAndRace() {
    assertThat(
            shown(
                ChoiceSet.PIQA,
                "{\"goal\": \"g\", \"sol1\": \"x\", \"sol2\": \"y\", \"label\": 1}"))
        .containsExactly("right 1", "Question: g\nAnswer:| x|1", "Question: g\nAnswer:| y|1");
    assertThat(
            shown(
                ChoiceSet.SIQA,
                "{\"context\": \"c.\", \"question\": \"q?\", \"answerA\": \"x\", \"answerB\":"
                    + " \"y\", \"answerC\": \"z\", \"label\": \"3\"}"))
        .startsWith("right 2", "Q: c. q?\nA:| x|1");
    assertThat(
            shown(
                ChoiceSet.RACE,
                "{\"article\": \"a\", \"question\": \"q?\", \"options\": [\"x\", \"y\"],"
                    + " \"answer\": \"A\"}"))
        .startsWith("right 0", "Article: a\n\nQuestion: q?\nAnswer:| x|1");
  }

  @Test
  void bytesCanBeTheMeasure() {
    RecordFile file = new RecordFile("records.jsonl", write(ARC));
    Choices choices =
        new HubChoices(ChoiceSet.ARC, HubChoices.Size.BYTES, file, BYTES).choices(1, 0);
    assertThat(choices.options().getFirst().size()).isEqualTo(2);
  }

  @Test
  void mistakesNameFileLineAndField() {
    fails(ARC + "\n" + ARC.replace("answerKey", "key"), ":2 has no `answerKey` (text is");
    fails(ARC.replace("\"B\"}", "3}"), ":1: `answerKey` is 3, but text is expected");
    fails(ARC.replace("\"B\"}", "\"E\"}"), ":1: `answerKey` is \"E\", but the labels are A, B");
    fails(ARC.replace("\"no\"", "7"), ":1: `choices.text[1]` is 7, but text is expected");
    fails(ARC.replace("[\"A\", \"B\"]", "[\"A\"]"), ":1: `choices` has 2 texts and 1 labels");
    fails(ARC + "\n\n{\"question\": ", ":3 is not JSON, from column ");
    fails(
        ARC.replaceFirst("\\[\"[^]]*]", "[\"yes\"]").replace("[\"A\", \"B\"]", "[\"B\"]"),
        ":1 has one option, but a choice needs two");
    fails(
        ARC.replace("[\"A\", \"B\"]", "[\"B\", \"B\"]"),
        ":1: `answerKey` is \"B\", the label of two");
    fails("[1]", ":1 is not a JSON object");
    fails("", " has no records");
  }

  private void fails(String text, String message) {
    Path file = write(text);
    assertThatThrownBy(() ->
            new HubChoices(
                    ChoiceSet.ARC,
                    HubChoices.Size.CHARACTERS,
                    new RecordFile("records.jsonl", file),
                    BYTES)
                .size())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("records.jsonl")
        .hasMessageContaining(message);
  }

  private List<String> shown(ChoiceSet set, String line) {
    Choices choices =
        new HubChoices(
                set,
                HubChoices.Size.CHARACTERS,
                new RecordFile("records.jsonl", write(line)),
                BYTES)
            .choices(1, 0);
    List<String> shown = new java.util.ArrayList<>(List.of("right " + choices.right()));
    for (Choices.Option option : choices.options()) {
      shown.add(
          "%s|%s|%d"
              .formatted(
                  BYTES.decode(option.context()),
                  BYTES.decode(option.continuation()),
                  option.size()));
    }
    return shown;
  }

  private Path write(String text) {
    try {
      return Files.writeString(folder.resolve("records.jsonl"), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
