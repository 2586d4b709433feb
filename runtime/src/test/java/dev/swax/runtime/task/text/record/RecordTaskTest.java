package dev.swax.runtime.task.text.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.UserError;
import dev.swax.runtime.task.Purpose;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.task.TaskLengths;
import dev.swax.runtime.task.text.exact.AnswerSet;
import dev.swax.runtime.task.text.exact.ExactMatch;
import dev.swax.runtime.token.ByteTokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordTaskTest {
  @TempDir private Path folder;

  @Test
  void theFolderOfTheFileIsNoPartOfATask() throws IOException {
    Path one = Files.createDirectory(folder.resolve("one"));
    Path two = Files.createDirectory(folder.resolve("two"));
    for (Path place : List.of(one, two)) {
      write(place, records(3));
    }
    assertThat(task(one).describe())
        .isEqualTo(task(two).describe())
        .contains("file: \"nq.jsonl\" (sha256 ")
        .doesNotContain(folder.toString());
    write(two, records(4));
    assertThat(task(two).describe()).isNotEqualTo(task(one).describe());
  }

  @Test
  void partsAreDisjointAndWhole() throws IOException {
    for (int count : new int[] {3, 10, 37}) {
      write(folder, records(count));
      List<String> all = new ArrayList<>();
      for (Purpose purpose : Purpose.values()) {
        List<String> part = asked(task(folder).part(purpose));
        assertThat(part).isNotEmpty();
        assertThat(part).isEqualTo(part.stream().sorted().toList());
        all.addAll(part);
      }
      assertThat(all).containsExactlyInAnyOrderElementsOf(asked(task(folder)));
      assertThat(all).doesNotHaveDuplicates();
      assertThat(task(folder).part(Purpose.TEST).size()).isEqualTo(Math.max(1, count / 10));
      assertThat(task(folder).part(Purpose.VALIDATION).size()).isEqualTo(Math.max(1, count / 10));
    }
  }

  @Test
  void theOrderOfTheFileDividesNothing() throws IOException {
    List<String> lines = new ArrayList<>(records(20));
    lines.add(lines.getFirst()); // what comes twice has one purpose
    write(folder, lines);
    List<String> before = asked(task(folder).part(Purpose.TRAINING));
    Collections.shuffle(lines, new Random(3));
    write(folder, lines);
    assertThat(asked(task(folder).part(Purpose.TRAINING)))
        .containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void whatMeansTheSameHasOnePurpose() throws IOException {
    List<String> lines = new ArrayList<>(records(20));
    for (int i = 0; i < 20; i++) {
      lines.add("{\"answer\": [\"a\"], \"question\": \"question %03d\"}".formatted(i));
    }
    write(folder, lines);
    for (Purpose purpose : Purpose.values()) {
      List<String> part = asked(task(folder).part(purpose));
      assertThat(part).hasSize(2 * new TreeSet<>(part).size());
    }
  }

  @Test
  void anObstacleIsAValue() throws IOException {
    Task missing = task(folder);
    assertThat(message(missing)).isEqualTo("there is no file `nq.jsonl`");
    assertThat(missing.describe()).contains("\"nq.jsonl\" (cannot be read)");
    assertThat(missing.length()).isZero();
    write(folder, List.of(records(1).getFirst(), "{\"question\": \"q\"}"));
    assertThat(message(task(folder)))
        .startsWith("nq.jsonl:2 has no `answer` (a list of texts is expected)");
    write(folder, List.of(records(1).getFirst(), "{\"question\": \"q\", \"answer\": []}"));
    assertThat(message(task(folder))).isEqualTo("nq.jsonl:2: `answer` is empty");
    write(folder, records(2));
    assertThat(task(folder).obstacle()).isEmpty();
    assertThat(message(task(folder).part(Purpose.TRAINING)))
        .contains("has 2 different records, but training, validation and test need one each");
  }

  @Test
  void lengthsAreThoseOfTheRecords() throws IOException {
    // Prompts "Q: ab?\nA:" and "Q: abcd?\nA:" of 9 and 11 bytes, room for 5 more.
    write(folder, List.of(record("ab", "x"), record("abcd", "x")));
    assertThat(TaskLengths.longest(task(folder), 1, Task.ENDLESS)).isEqualTo(11 + 5);
    assertThat(TaskLengths.longest(task(folder), 1, 1)).isEqualTo(9 + 5);
    assertThat(TaskLengths.total(task(folder), 1, Task.ENDLESS)).isEqualTo(9 + 11 + 2 * 5);
    assertThat(TaskLengths.longestExample(task(folder), 1)).isEqualTo(11 + " x\n".length());
  }

  private static String message(Task task) {
    return task.obstacle().map(UserError::getMessage).orElse("none");
  }

  private static List<String> asked(RecordTask task) {
    return IntStream.range(0, (int) task.size())
        .mapToObj(i -> task.question(1, i).asked())
        .toList();
  }

  private static List<String> records(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> record("question %03d".formatted(i), "a"))
        .toList();
  }

  private static String record(String question, String answer) {
    return "{\"question\": \"%s\", \"answer\": [\"%s\"]}".formatted(question, answer);
  }

  private static Path file(Path place) {
    return place.resolve("nq.jsonl");
  }

  private static void write(Path place, List<String> lines) throws IOException {
    Files.write(file(place), lines, StandardCharsets.UTF_8);
  }

  private static ExactMatch task(Path place) {
    return new ExactMatch(
        AnswerSet.NQ, 5, new RecordFile("nq.jsonl", file(place)), ByteTokenizer.BYTES);
  }
}
