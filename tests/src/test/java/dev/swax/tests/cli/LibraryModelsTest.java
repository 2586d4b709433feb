package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every model of the standard library, on more than one text: all that one can do with a model. */
class LibraryModelsTest {
  private static final String FILE =
      """
      edition 1
      import "std/models"
      model tiny = %s(width: 16, blocks: 6, heads: 2, window: 16)
      data reading { files = ["text/*.txt"] validation = ["held/*.txt"] }
      data resetting { files = ["text/*.txt"] validation = ["held/*.txt"] documents = reset }
      train carried {
        model = tiny
        data = reading
        seq = 64 tok
        batch = 128 tok
        budget = 2 step
        lr = constant(rate: 1e-2)
        sample_tokens = 4 tok
      }
      train apart {
        model = tiny
        data = resetting
        seq = 64 tok
        batch = 128 tok
        budget = 2 step
        lr = constant(rate: 1e-2)
        sample_tokens = 4 tok
      }
      grid table {
        using apart
        column "apart" = tiny
        row ppl = perplexity(resetting)
        row needle = score(niah(length: 700), examples: 2)
      }
      """;

  @TempDir Path folder = Path.of("");

  static List<String> models() throws IOException {
    Path library = Path.of(System.getProperty("swax.root"), "stdlib/swax/std/models.swax");
    return Files.readAllLines(library).stream()
        .filter(line -> line.startsWith("model ") && line.contains(" = "))
        .map(line -> line.split(" ")[1])
        .toList();
  }

  /** A text of one segment, one of three with a rest, and one that is short. */
  @BeforeEach
  void writeTexts() throws IOException {
    Files.createDirectories(folder.resolve("text"));
    Files.createDirectories(folder.resolve("held"));
    var random = new SplittableRandom(1);
    for (int i = 0; i < 5; i++) {
      Files.writeString(folder.resolve("text/%d.txt".formatted(i)), words(random, 50 + 100 * i));
    }
    Files.writeString(folder.resolve("held/one.txt"), words(random, 512));
    Files.writeString(folder.resolve("held/two.txt"), words(random, 1100));
    Files.writeString(folder.resolve("held/three.txt"), words(random, 90));
  }

  private static String words(SplittableRandom random, int length) {
    return random
        .ints(length, 'a', 'f')
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @MethodSource("models")
  void isTrainedValidatedEvaluatedAndAsked(String model) throws IOException {
    Files.writeString(folder.resolve("m.swax"), FILE.formatted(model));
    Run trained = swax("train", "m.swax", "--train", "carried", "--threads", "1", "--run-dir", "r");
    assertThat(trained.err()).contains("on 1,699 bytes, 3 files");
    JsonNode whole = json("eval", "r", "--json");
    assertThat(trained.err())
        .contains(String.format(Locale.ROOT, "validation loss %.4f ", loss(whole)));
    swax("generate", "r", "--prompt", "abc", "--length", "40");
    List<String> cells = new ArrayList<>(List.of("grid", "cell", "m.swax"));
    json("grid", "plan", "m.swax", "--json")
        .get("cells")
        .forEach(cell -> cells.addAll(List.of("--cell", cell.get("id").asText())));
    swax(cells.toArray(String[]::new));
    assertThat(swax("grid", "status", "m.swax").out()).isEqualTo("3 cached\n");
  }

  private static double loss(JsonNode score) {
    return score.get("loss").asDouble();
  }

  private JsonNode json(String... arguments) throws IOException {
    return new JsonMapper().readTree(swax(arguments).out());
  }

  private Run swax(String... arguments) {
    Run run = Run.in(folder, arguments);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }
}
