package dev.swax.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.cli.Console;
import dev.swax.cli.Host;
import dev.swax.cli.Swax;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/tour.md shows of each stage is what `swax dump` prints. */
class TourTest {
  private static final Pattern BLOCK =
      Pattern.compile("<!-- dump (\\w+) -->\n```\\w+\n(.*?)\n```", Pattern.DOTALL);

  private static final Pattern LINK = Pattern.compile("\\]\\((\\.\\./[^)#]+)\\)");

  @Test
  void everyBlockIsWhatTheStagePrints() throws IOException {
    String tour = Files.readString(Golden.root().resolve("docs/tour.md"));
    Map<String, String> dumps = new LinkedHashMap<>();
    List<String> shown = new ArrayList<>();
    var blocks = BLOCK.matcher(tour);
    while (blocks.find()) {
      String stage = blocks.group(1);
      shown.add(stage);
      assertThat(dumps.computeIfAbsent(stage, TourTest::dump))
          .as("swax dump --after=%s examples/tour.swax", stage)
          .contains(blocks.group(2));
    }
    assertThat(shown)
        .contains("syntax", "model", "ir", "simplified", "grad", "optimized", "plan", "java");
  }

  @Test
  void theFileIsShownWhole() throws IOException {
    Path root = Golden.root();
    assertThat(Files.readString(root.resolve("docs/tour.md")))
        .contains(Files.readString(root.resolve("examples/tour.swax")));
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    Path docs = Golden.root().resolve("docs");
    var links = LINK.matcher(Files.readString(docs.resolve("tour.md")));
    while (links.find()) {
      assertThat(docs.resolve(links.group(1)).normalize()).exists();
    }
  }

  private static String dump(String stage) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var console = new Console(stream(out), stream(err), false, false, false);
    var host = new Host(console, Golden.root(), Map.of(), () -> () -> false);
    int code =
        new Swax(host)
            .run(
                List.of(
                    "dump",
                    "--after=" + stage,
                    Golden.root().resolve("examples/tour.swax").toString()));
    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
