package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A small model is asked the records of files; files that are not as they should be are named. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordsTest {
  private static final String NQ = "{\"question\": \"who is %d\", \"answer\": [\"nobody\"]}";
  private static final String PIQA =
      "{\"goal\": \"open %d\", \"sol1\": \"pull\", \"sol2\": \"push it\", \"label\": 1}";
  private static final String MBPP =
      "{\"text\": \"Add.\", \"code\": \"x = 1\", \"test_list\": [\"assert x\"],"
          + " \"test_setup_code\": \"\"}";
  private static final String LCC =
      "{\"context\": \"int a;\\n\", \"input\": \"\", \"answers\": [\"  int b;\"]}";

  private Path folder = Path.of("");

  @BeforeAll
  void train(@TempDir Path place) throws IOException {
    folder = place;
    SmallFile.write(folder, 1);
    Run trained = Run.in(folder, "train", "m.swax", "--threads", "1", "--run-dir", "run");
    assertThat(trained.code()).as(trained.err()).isZero();
  }

  @Test
  void choicesAreCompared() throws IOException {
    write("piqa.jsonl", 3, PIQA);
    JsonNode score = scored("choices(set: piqa, file: \"piqa.jsonl\")");
    assertThat(score.get("examples").asInt()).as("all, where nobody says how many").isEqualTo(3);
    assertThat(names(score)).containsExactly("acc", "acc_norm");
    assertThat(score.get("task").asText()).contains("piqa.jsonl\" (sha256 ");
  }

  /** The first of equal options is the right one, wherever they stand and however long they are. */
  @Test
  void equalOptionsTie() throws IOException {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      records.add(
          """
          {"goal": "open %1$d", "sol1": "%2$s", "sol2": "%2$s", "label": 0}\
          """
              .formatted(i, "pull it ".repeat(i % 13 + 1)));
    }
    Files.write(folder.resolve("ties.jsonl"), records);
    assertThat(value(scored("choices(set: piqa, file: \"ties.jsonl\")"))).isEqualTo(1);
  }

  @Test
  void answersAreWritten() throws IOException {
    write("nq.jsonl", 2, NQ);
    JsonNode score = scored("exact_match(set: nq, file: \"nq.jsonl\", room: 3 tok)");
    assertThat(names(score)).containsExactly("exact_match");
    assertThat(value(score)).isZero();
    String task = inFolder("exact_match(set: nq, file: \"nq.jsonl\")");
    swax("eval", "run", "--task", task, "--lengths", "64").isRefused("`length`");
  }

  @Test
  void programsAreGivenToTheRunner() throws IOException {
    write("mbpp.jsonl", 2, MBPP.replace("Add.", "Add %d."));
    String task =
        "programs(set: mbpp, file: \"mbpp.jsonl\", samples: 2, k: 2, room: 4 tok, runner: %s)";
    String passing = "sed 's/,.program.*/,\"passed\":true}/' \"$1\" > \"$2\"";
    Path script = Files.writeString(folder.resolve("run.sh"), passing);
    String runner = "[\"/bin/sh\", \"%s\"]".formatted(script);
    refused(task.formatted(runner), "this would start", "run.sh sha256 ", "`--allow-runner`");
    JsonNode score = scored(task.formatted(runner), "--allow-runner");
    assertThat(names(score)).containsExactly("pass@2");
    assertThat(value(score)).isEqualTo(1);
    String missing = inFolder(task.formatted("[\"/no/such/command\"]"));
    swax("eval", "run", "--allow-runner", "--task", missing)
        .isRefused("the runner `/no/such/command", "cannot be started");
    refused(
        task.replace("k: 2", "k: 3").formatted(runner),
        "pass@3 needs 3 samples or more, but there are 2");
  }

  @Test
  void longTextsAreCutToTheLength() throws IOException {
    write("lcc.jsonl", 1, LCC);
    JsonNode score = scored("longbench(set: lcc, file: \"lcc.jsonl\", length: 80 tok)");
    assertThat(names(score)).containsExactly("score");
    assertThat(value(score)).isBetween(0.0, 1.0);
    assertThat(score.get("length").asInt()).isEqualTo(80);
    refused("longbench(set: lcc, file: \"lcc.jsonl\", length: 64 tok)", "leaves no room");
  }

  @Test
  void factsNeedNoText() throws IOException {
    String task = "babilong(task: qa4, prompt: short)";
    Run run =
        swax("eval", "run", "--task", task, "--lengths", "0,640", "--examples", "2", "--json");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode scores = JsonMapper.builder().build().readTree(run.out());
    assertThat(scores).extracting(score -> score.get("length").asInt()).containsExactly(0, 640);
  }

  @Test
  void whatDoesNotFitIsSaid() {
    Run run = swax("eval", "run", "--task", "niah(length: 512)", "--examples", "1");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("accuracy_of_4_of_8");
    assertThat(run.err()).contains("too long for 512 tokens").contains("`frame: short`");
  }

  @Test
  void badFilesAreNamedWithTheirLine() throws IOException {
    String task = "exact_match(set: nq, file: \"bad.jsonl\")";
    Files.deleteIfExists(folder.resolve("bad.jsonl"));
    refused(task, "there is no file `", "bad.jsonl`");
    write("bad.jsonl", 0, NQ);
    refused(task, "bad.jsonl` has no records");
    Files.write(folder.resolve("bad.jsonl"), new byte[] {(byte) 0xff, 0, 1, (byte) 0xfe});
    refused(task, "bad.jsonl` is not UTF-8 text");
    bad(NQ, "{\"question\": \"q\"}");
    refused(task, "bad.jsonl:2 has no `answer` (a list of texts is expected)", "`question`");
    bad(NQ, "", "{\"question\": 7, \"answer\": [\"a\"]}");
    refused(task, "bad.jsonl:3: `question` is 7, but text is expected");
    bad("{\"question\": ");
    refused(task, "bad.jsonl:1 is not JSON");
    bad(PIQA, PIQA.replace("\"label\": 1", "\"label\": 2"));
    refused("choices(set: piqa, file: \"bad.jsonl\")", "bad.jsonl:2: `label` is 2");
    bad(MBPP.replace("[\"assert x\"]", "\"assert x\""));
    String programs = inFolder("programs(set: mbpp, file: \"bad.jsonl\", runner: [\"true\"])");
    swax("eval", "run", "--allow-runner", "--task", programs).isRefused("bad.jsonl:1: `test_l");
    bad(LCC.replace("[\"  int b;\"]", "[]"));
    refused("longbench(set: lcc, file: \"bad.jsonl\")", "bad.jsonl:1: `answers` is empty");
  }

  @Test
  void recordsAreTrainedOnFromAnyFolder() throws IOException {
    Path place = Files.createDirectory(folder.resolve("task"));
    String text =
        """
        edition 1
        import "std/models"
        data records { task = exact_match(set: nq, file: "nq.jsonl") }
        train small {
          model = swax(width: 16, blocks: 2, heads: 2, window: 8)
          data = records
          seq = 32 tok
          batch = 64 tok
          budget = 2 step
          lr = constant(rate: 1e-2)
          checkpoint_every = 1 step
          sample_tokens = 4 tok
        }
        """;
    Files.writeString(place.resolve("t.swax"), text);
    swax("check", "task/t.swax").isRefused("SWX5002", "there is no file", "nq.jsonl");
    swax("train", "task/t.swax").isRefused("there is no file", "nq.jsonl");
    write("task/nq.jsonl", 12, NQ);
    Run.in(place, "check", "t.swax", "--set", "data.examples=11")
        .isRefused("`examples` is 11", "has 10");
    swax("check", "task/t.swax", "--set", "train.seq=16")
        .isRefused("has 24 tokens, but a sequence has 16", "`seq = 24 tok`");
    assertThat(swax("check", "task/t.swax").out()).contains("no errors");
    Run trained = swax("train", "task/t.swax", "--threads", "1", "--run-dir", "trained");
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.err()).contains("10 examples of exact_match(").contains("for training)");
    Path absolute = folder.resolve("trained").toAbsolutePath();
    Run resumed = Run.in(place, "resume", absolute.toString(), "--threads", "1");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    Files.writeString(place.resolve("nq.jsonl"), "{}");
    Run.in(place, "resume", absolute.toString()).isRefused("nq.jsonl:1 has no `answer`");
  }

  private void refused(String task, String... told) {
    swax("eval", "run", "--task", inFolder(task)).isRefused(told);
  }

  /** What is typed starts where the process runs, which is another folder here. */
  private String inFolder(String task) {
    return task.replace("file: \"", "file: \"" + folder + "/");
  }

  private JsonNode scored(String task, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("eval", "run", "--task", inFolder(task), "--json"));
    arguments.addAll(List.of(more));
    Run run = swax(arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return JsonMapper.builder().build().readTree(run.out()).get(0);
  }

  private static List<String> names(JsonNode score) {
    List<String> names = new ArrayList<>();
    score.get("metrics").forEach(metric -> names.add(metric.get("name").asText()));
    return names;
  }

  private static double value(JsonNode score) {
    return score.get("metrics").get(0).get("value").asDouble();
  }

  private void write(String file, int count, String record) throws IOException {
    List<String> lines = IntStream.range(0, count).mapToObj(record::formatted).toList();
    Files.write(folder.resolve(file), lines, StandardCharsets.UTF_8);
  }

  private void bad(String... lines) throws IOException {
    Files.write(folder.resolve("bad.jsonl"), List.of(lines), StandardCharsets.UTF_8);
  }

  private Run swax(String... arguments) {
    return Run.in(folder, arguments);
  }
}
