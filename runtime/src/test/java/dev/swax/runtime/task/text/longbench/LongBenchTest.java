package dev.swax.runtime.task.text.longbench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.task.Question;
import dev.swax.runtime.task.text.record.RecordFile;
import dev.swax.runtime.token.ByteTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongBenchTest {
  @TempDir private Path folder;

  @Test
  void codeGoesOnWhereItsPromptEnds() throws IOException {
    LongBench task = task(LongSet.LCC, 512, "def f(x):\\n", "", "    return x");
    Question question = task.question(1, 0);
    assertThat(question.text()).endsWith("\ndef f(x):\n");
    assertThat(question.answer()).isEqualTo("    return x\n");
    assertThat(task.score(question, List.of("    return x\n\nprint(f(1))"))).containsExactly(1);
    assertThat(task.score(question, List.of(question.answer()))).containsExactly(1);
  }

  @Test
  void anAnswerInWordsFollowsABlank() throws IOException {
    LongBench task = task(LongSet.TRIVIAQA, 512, "Examples.", "Who?", "The fox");
    Question question = task.question(1, 0);
    assertThat(question.text()).endsWith("Examples.\n\nWho?\nAnswer:");
    assertThat(question.answer()).isEqualTo(" The fox\n");
    assertThat(task.score(question, List.of("\n\n fox\nWho else? A hen"))).containsExactly(1);
    assertThat(task.score(question, List.of(" hen\n fox"))).containsExactly(0);
  }

  @Test
  void aLongPromptLosesItsMiddle() throws IOException {
    LongBench task = task(LongSet.TRIVIAQA, 100, "a".repeat(200) + "b".repeat(200), "Who?", "x");
    Question question = task.question(1, 0);
    assertThat(question.tokens()).hasSize(100 - LongSet.TRIVIAQA.tokens());
    assertThat(question.text()).startsWith("Answer the question").endsWith("bb\n\nWho?\nAnswer:");
  }

  private LongBench task(LongSet set, int length, String context, String input, String answer)
      throws IOException {
    String record =
        "{\"context\": \"%s\", \"input\": \"%s\", \"answers\": [\"%s\"]}"
            .formatted(context, input, answer);
    Path file = Files.writeString(folder.resolve("set.jsonl"), record);
    return new LongBench(set, length, new RecordFile("set.jsonl", file), ByteTokenizer.BYTES);
  }
}
