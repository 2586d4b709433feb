package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each verb prints and writes, in a folder that is not that of the process. */
class VerbTest {
  private static final String UGLY = "edition 1\nlet  a=1 // one\n";
  private static final String SHAPED = "edition 1\nlet a = 1  // one\n";

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check",
        "fmt",
        "info",
        "dump",
        "build",
        "train",
        "resume",
        "eval",
        "generate",
        "compare",
        "watch",
        "stop",
        "verify",
        "lsp",
        "doctor",
        "new"
      })
  void everyVerbHasHelpAndAVersion(String verb) {
    assertThat(done("--help")).contains("\n  " + verb + " ");
    assertThat(done(verb, "--help")).startsWith("Usage: swax " + verb);
    assertThat(done(verb, "--version")).startsWith("swax ");
  }

  @Test
  void newWritesAFileThatChecksAndTrains() throws IOException {
    assertThat(done("new", "mine").strip()).isEqualTo(folder.resolve("mine.swax").toString());
    assertThat(done("check", "--no-data", "mine.swax")).contains("no errors");
    swax("check", "mine.swax").isRefused("SWX5020", "no folder `text/`", "mine.swax:12");
    Files.createDirectories(folder.resolve("text"));
    Files.writeString(folder.resolve("text/one.txt"), "a line of text\n".repeat(1000));
    assertThat(done("check", "mine.swax")).contains("no errors");
    assertThat(done("fmt", "--check", "mine.swax")).isEmpty();
    assertThat(done("info", "mine.swax")).contains("parameters");
    swax("new", "mine.swax").isRefused("mine.swax", "exists already");
    swax("new", "no/such/folder/mine").isRefused("the folder does not exist");
  }

  @Test
  void formattingReplacesAndNamesWhatItChanged() throws IOException {
    Path ugly = Files.writeString(folder.resolve("ugly.swax"), UGLY);
    Path shaped = Files.writeString(folder.resolve("shaped.swax"), SHAPED);
    Run check = swax("fmt", "--check", "ugly.swax", "shaped.swax");
    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out().strip()).isEqualTo(ugly.toString());
    assertThat(ugly).hasContent(UGLY);

    assertThat(done("fmt", "ugly.swax", "shaped.swax").strip()).isEqualTo(ugly.toString());
    assertThat(ugly).hasContent(SHAPED);
    assertThat(shaped).hasContent(SHAPED);
    assertThat(done("fmt", "--check", "ugly.swax", "shaped.swax")).isEmpty();

    Files.writeString(ugly, "edition 1\nlet a = \n");
    swax("fmt", "ugly.swax").isRefused("ugly.swax:2");
    assertThat(ugly).hasContent("edition 1\nlet a = \n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "rwxr-xr-x", "rw-rw-rw-"})
  void formattingKeepsPermissions(String permissions) throws IOException {
    Path ugly = Files.writeString(folder.resolve("ugly.swax"), UGLY);
    Files.setPosixFilePermissions(ugly, PosixFilePermissions.fromString(permissions));
    done("fmt", "ugly.swax");
    assertThat(ugly).hasContent(SHAPED);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ugly)))
        .isEqualTo(permissions);
  }

  /** Whoever may write every file, as a superuser may, finds it formatted. */
  @Test
  void formattingLeavesAFileThatMayNotBeWritten() throws IOException {
    Path ugly = Files.writeString(folder.resolve("ugly.swax"), UGLY);
    Files.setPosixFilePermissions(ugly, PosixFilePermissions.fromString("r--r--r--"));
    if (Files.isWritable(ugly)) {
      done("fmt", "ugly.swax");
      assertThat(ugly).hasContent(SHAPED);
    } else {
      swax("fmt", "ugly.swax").isRefused("cannot write", "ugly.swax`: permission denied");
      assertThat(ugly).hasContent(UGLY);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ugly)))
        .isEqualTo("r--r--r--");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "fmt", "info"})
  void aFolderIsNamed(String verb) {
    Run.in(Path.of(""), verb, ".").isRefused("`.` is a folder, not a file");
  }

  @Test
  void infoSaysHowManyProcessesPay() throws IOException {
    SmallFile.write(folder, 2);
    String[] line = {"info", "m.swax", "--set", "train.micro_batch=seq", "--flops", "1e9"};
    assertThat(done(line))
        .containsPattern("  step  +of [0-9,]+ tok: [0-9.]+ ms by 1, [0-9.]+ ms by 2");
    assertThat(done(line)).contains("pay, at 1 GFLOP/s each, 1000 MB/s and 50 us between them");
    swax("info", "m.swax", "--flops", "0").isRefused("`--flops` is 0.0");
    swax("info", "m.swax", "--flops", "1", "--latency", "-1").isRefused("`--latency` is -1.0");
  }

  @Test
  void infoIsAnArrayWithTheseKeys() throws IOException {
    SmallFile.write(folder, 2);
    JsonNode models = JsonMapper.builder().build().readTree(done("info", "--json", "m.swax"));
    assertThat(models.isArray()).isTrue();
    assertThat(models).hasSize(1);
    List<String> keys = new ArrayList<>();
    models.get(0).fieldNames().forEachRemaining(keys::add);
    assertThat(keys)
        .containsExactly(
            "name",
            "parameters",
            "activeParameters",
            "flopsPerToken",
            "stateBytes",
            "receptiveField",
            "peakTrainingBytes",
            "trainingBytesByRecompute",
            "layers",
            "memories");
    assertThat(models.get(0).get("name").asText()).isEqualTo("swax");
    assertThat(models.get(0).get("layers")).hasSize(2);
    assertThat(models.get(0).get("receptiveField").isNull()).as("a memory has no end").isTrue();
  }

  @Test
  void everyStageIsDumped() throws IOException {
    SmallFile.write(folder, 2);
    assertThat(done("dump", "--after=syntax", "m.swax")).contains("train");
    assertThat(done("dump", "--after=model", "m.swax")).contains("\"width\" : 32");
    for (String stage : List.of("ir", "grad", "optimized")) {
      assertThat(done("dump", "--after=" + stage, "m.swax")).as(stage).contains("= matmul ");
    }
    assertThat(done("dump", "--after=plan", "m.swax")).contains("scratch");
    assertThat(done("dump", "--after=java", "m.swax")).contains("public final class Swax");
    swax("dump", "--after=jav", "m.swax")
        .isRefused("--after", "`jav` is not one of syntax, model, ");
  }

  @Test
  void buildWritesTheProgramOfTheDump() throws IOException {
    SmallFile.write(folder, 2);
    Path written = Path.of(done("build", "m.swax", "-o", "out").strip());
    assertThat(written).isEqualTo(folder.resolve("out/swax/generated/Swax.java"));
    assertThat(written).hasContent(done("dump", "--after=java", "m.swax"));
  }

  @Test
  void diagnosticsComeAsJsonToo() throws IOException {
    Files.writeString(folder.resolve("m.swax"), "edition 1\nlet a = b\n");
    Run run = swax("check", "--json", "m.swax");
    assertThat(run.code()).isEqualTo(2);
    JsonNode found = JsonMapper.builder().build().readTree(run.out());
    assertThat(found).hasSize(1);
    assertThat(found.get(0).get("code").asText()).isEqualTo("SWX2001");
    Run info = swax("info", "--json", "m.swax");
    assertThat(info.code()).isEqualTo(2);
    assertThat(JsonMapper.builder().build().readTree(info.err())).isEqualTo(found);
  }

  @Test
  void trainingIsMadeOfWhatIsSet() throws IOException {
    SmallFile.write(folder, 2);
    String[] settings = {"--set", "train.budget=1 step", "--seed", "7", "--threads", "1"};
    List<String> line = new ArrayList<>(List.of("train", "m.swax"));
    line.addAll(List.of(settings));
    assertThat(done(line.toArray(String[]::new))).contains("validation perplexity");
    Path run = folder.resolve("runs/m");
    assertThat(run.resolve("manifest.json")).content().contains("\"seed\" : 7");
    assertThat(run.resolve("checkpoints/00000001/model.safetensors")).exists();

    assertThat(done("train", "m.swax")).contains("run directory: " + folder.resolve("runs/m-2"));
    assertThat(done("resume", "runs/m")).as("a finished run").contains("validation perplexity");
    assertThat(done("eval", "runs/m", "--json")).contains("\"perplexity\"");
    assertThat(done("eval", "runs/m", "--data", "text/1.txt", "--window", "4"))
        .contains("perplexity");
    assertThat(done("generate", "runs/m", "--length", "3", "--prompt", "word")).startsWith("word");
  }

  /** A model of the file may be looked at with any setting, but training has to take it. */
  @Test
  void severalFilesAreChecked() throws IOException {
    Files.writeString(folder.resolve("good.swax"), "edition 1\n");
    Files.writeString(folder.resolve("bad.swax"), "edition 1\nexpect 1 == 2\n");
    Files.writeString(folder.resolve("worse.swax"), "edition 1\nexpect 3 == 4\n");
    assertThat(done("check", "good.swax", "good.swax").lines()).hasSize(2);
    Run run = swax("check", "bad.swax", "good.swax", "worse.swax");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("1 == 2", "bad.swax:2", "3 == 4", "worse.swax:2");
    assertThat(run.out()).contains("good.swax: no errors");
    Run printed = swax("check", "--json", "bad.swax", "worse.swax");
    assertThat(JsonMapper.builder().build().readTree(printed.out())).hasSize(2);
  }

  @Test
  void settingsThatTrainingDoesNotTakeAreRefused() throws IOException {
    Path file = SmallFile.write(folder, 1);
    Files.writeString(
        file,
        Files.readString(file).replace("train small", "model own = swax()\ntrain small")
            + "\nprofile wide { swax.width = 64 }\n");
    done("info", "m.swax", "--model", "own", "--set", "own.width=64");
    swax("train", "m.swax", "--set", "own.width=64")
        .isRefused("`own.width` is set, but no train block, no grid and no `expect` uses it");
    Run run = swax("train", "m.swax", "--profile", "wide");
    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("warning[SWX2012]: `swax.width` is set", "m.swax:");
    swax("train", "m.swax", "--seed", "5", "--set", "small.seed=6")
        .isRefused("`--seed` is set, but nothing uses it", "`small.seed` is used instead");
    swax("train", "m.swax", "--model", "nope").isRefused("`nope`", "--> --model:1:1");
    swax("train", "m.swax", "--model", "swax(").isRefused("brackets", "--> --model:1:1");
  }

  @Test
  void impossibleOptionsAreRefused() throws IOException {
    SmallFile.write(folder, 1);
    swax("train", "m.swax", "--threads", "0").isRefused("`--threads` is 0");
    swax("train", "m.swax", "--train", "smal").isRefused("no train block `smal`", "small");
    swax("train", "m.swax", "--profile", "tiny").isRefused("tiny");
    swax("train", "m.swax", "--set", "train.sequ=64").isRefused("sequ", "seq");
    swax("train", "m.swax", "--set", "train.seq").isRefused("train.seq");
    swax("train", "m.swax", "--set", "swax.width=64").isRefused("nothing uses it", "model.width");
    swax("train", "m.swax", "--seeds", "3").isRefused("--seeds", "`--seed`");
    swax("train", "m.swax", "--seed", "x").isRefused("--seed");
    swax("train").isRefused("FILE");
    swax("m.swax").isRefused("has no verb `m.swax`", "the verb comes first: `swax check m.swax`");
    swax("--profile", "tiny", "train", "m.swax").isRefused("`swax VERB --profile`");
    swax("info", "m.swax", "n.swax")
        .isRefused("`swax info` does not take another argument, `n.swax`");
    swax("train", "m.swax", "--device", "gpu").isRefused("`gpu` is not one of cpu, tornado");
    swax("train", "a\0b").isRefused("a");
    done("train", "m.swax");
    swax("eval", "runs/m", "--window", "0").isRefused("`--window` is 0");
    swax("generate", "runs/m", "--prompt", "").isRefused("the prompt is empty");
    swax("generate", "runs/m", "--length", "-1").isRefused("--length");
  }

  private String done(String... arguments) {
    Run run = swax(arguments);
    assertThat(run.code()).as("%s: %s", String.join(" ", arguments), run.err()).isZero();
    return run.out();
  }

  private Run swax(String... arguments) {
    return Run.in(folder, arguments);
  }
}
