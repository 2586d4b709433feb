package dev.swax.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.UserError;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.task.text.exact.AnswerSet;
import dev.swax.runtime.task.text.exact.ExactMatch;
import dev.swax.runtime.task.text.record.RecordFile;
import dev.swax.runtime.token.ByteTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on the records of a file. */
class RecordTrainingTest {
  /** Of {@code Q: q00?\nA: a\n}. */
  private static final int TOKENS = 13;

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    var lines = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      lines.append("{\"question\": \"q%02d\", \"answer\": [\"a\"]}\n".formatted(i));
    }
    Files.writeString(folder.resolve("nq.jsonl"), lines);
  }

  @Test
  void trainingValidationAndTestsShareNoRecord() {
    TrainingExamples data = data(0);
    TaskSequences sequences = new TaskSequences(data, TOKENS, 9, new Pace(1, 100));
    Set<String> trained = new LinkedHashSet<>();
    for (int i = 0; i < 3 * 16; i++) {
      Batch batch = Batch.allocate(1, TOKENS);
      sequences.next(batch);
      trained.add(Arrays.toString(batch.tokens()));
    }
    assertThat(trained).hasSize(16);
    assertThat(shown(data.validation())).hasSize(2).doesNotContainAnyElementsOf(trained);
    assertThat(shown(data.test())).hasSize(2).doesNotContainAnyElementsOf(trained);
    assertThat(shown(data.test())).doesNotContainAnyElementsOf(shown(data.validation()));
  }

  @Test
  void lengthsAreThoseOfTheRecords() {
    assertThat(data(0).longest()).isEqualTo(TOKENS);
    assertThat(data(16).obstacle(TOKENS)).isEmpty();
    assertThat(data(0).obstacle(TOKENS - 1).map(UserError::getMessage).orElseThrow())
        .contains("has 13 tokens, but a sequence has 12");
    assertThat(data(17).obstacle(TOKENS).map(UserError::getMessage).orElseThrow())
        .contains("`examples` is 17, but exact_match(", " has 16");
  }

  @Test
  void whatDecidesTheTrainingIsKnownWithoutTheFile() throws IOException {
    var before = data(0).hashes();
    assertThat(data(0).hashes()).isEqualTo(before);
    Files.delete(folder.resolve("nq.jsonl"));
    assertThat(data(0).hashes()).isNotEqualTo(before);
    assertThat(data(0).obstacle(TOKENS).map(UserError::getMessage).orElseThrow())
        .startsWith("there is no file");
  }

  private static Set<String> shown(Task task) {
    Set<String> shown = new LinkedHashSet<>();
    for (int i = 0; i < task.size(); i++) {
      shown.add(Arrays.toString(task.example(1, i).tokens()));
    }
    return shown;
  }

  private TrainingExamples data(int count) {
    var file = new RecordFile("nq.jsonl", folder.resolve("nq.jsonl"));
    return new TrainingExamples(
        new ExactMatch(AnswerSet.NQ, 5, file, ByteTokenizer.BYTES),
        ByteTokenizer.BYTES,
        count,
        ExampleLoss.ANSWERS);
  }
}
