package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringReader;
import java.lang.classfile.ClassFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/**
 * Texts that would be code, markup or a command somewhere, in every place that takes a text: none
 * is more than a text anywhere.
 */
class HostileTextTest {
  /** As a file may be called: no slash and no control character. */
  private static final String NAME =
      "\\u002a\\u002f static int more; \\u002f\\u002a \\u000a static int most; {@code @deprecated"
          + " &<script> =cmd \"' \\input \u202e\u200f\u2066.swax";

  /** As it stands between quotes of a swax file. */
  private static final String TEXT =
      "=cmd \\\"*/ \\\\u000a static int more; \\n run.seed = 9 \u2028 \u202e\u200f &<script>alert(1)"
          + "</script> \\\\input \u001b[31m \\\\{@code";

  private static final String FILE =
      """
      edition 1
      import "std/models"
      /// %1$s
      data text { files = ["text/*.txt"] }
      /// */ \\u000a static int more; {@code} <script>
      model tiny = swa_only(width: 32 @assumed("%1$s"), blocks: 2, window: 8)
      train small {
        model = tiny
        data = text
        seq = 32 tok
        batch = 64 tok
        budget = 2 step
        lr = constant(rate: 1e-2)
        validation_tokens = 64 tok
        sample_tokens = 4 tok
        sample = "%1$s"
      }
      grid g "%2$s" {
        using small
        column "%2$s" for w in [8] = swa_only(width: 32, blocks: 2, window: w)
        row "%2$s" = perplexity(text)
        row flops = flops_per_token
        figure "%2$s" = curves()
        figure "=%2$s" = lines(flops, against: w)
      }
      """;

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(folder.resolve("text"));
    for (int i = 0; i < 6; i++) {
      Files.writeString(folder.resolve("text/" + i + ".txt"), "a word and a window ".repeat(40));
    }
    String label = TEXT.replace("{", "").replace("}", "");
    Files.writeString(folder.resolve(NAME), FILE.formatted(TEXT, label));
    Files.writeString(folder.resolve("plain.swax"), FILE.formatted("plain", "plain"));
  }

  @Test
  void theProgramHasTheMembersOfThePlainOne() throws IOException {
    done("build", "plain.swax", "-o", "plain");
    done("build", NAME, "-o", "hostile");
    List<String> plain = members(folder.resolve("plain/swax/generated/Tiny.java"));
    assertThat(plain).hasSizeGreaterThan(20);
    assertThat(members(folder.resolve("hostile/swax/generated/Tiny.java"))).isEqualTo(plain);
  }

  @Test
  void aRunIsTrainedAndReadAgain() throws IOException {
    done("train", NAME, "--run-dir", "run");
    done("train", "plain.swax", "--run-dir", "plain");
    String source = "src/swax/generated/Tiny.java";
    assertThat(members(folder.resolve("run").resolve(source)))
        .isEqualTo(members(folder.resolve("plain").resolve(source)));
    assertThat(Files.readAllLines(folder.resolve("run/config.txt")))
        .noneMatch(line -> line.strip().startsWith("run.seed"));
    assertThat(done("eval", "run").out()).isEqualTo(done("eval", "plain").out());
    done("generate", "run", "--length", "2");
    done("resume", "run");
    Run told = done("check", NAME);
    assertThat(told.err() + told.out()).doesNotContain("\u001b", "\u202e", "\u2028");
  }

  @Test
  void aReportIsWellFormed() throws Exception {
    String file = folder.resolve(NAME).toString();
    JsonNode plan = new JsonMapper().readTree(done("grid", "plan", file, "--json").out());
    for (JsonNode cell : plan.get("cells")) {
      done("grid", "cell", file, "--cell", cell.get("id").asText());
    }
    List<String> planned = done("grid", "plan", file).out().lines().toList();
    assertThat(planned.stream().filter(line -> line.contains(" FLOPs  ")))
        .hasSize(plan.get("cells").size());
    done("grid", "status", file);
    done("grid", "report", file);
    Path report = folder.resolve("grids/g/report");
    List<String> files = Folders.files(report);
    assertThat(files).contains("report.html", "report.md", "report.csv", "report.tex");
    assertThat(files.stream().filter(name -> name.endsWith(".svg"))).hasSize(2);
    for (String name : files) {
      String text = Files.readString(report.resolve(name));
      assertThat(text).as(name).doesNotContain("\u001b", "\u202e", "\u2028", "\u200f");
      if (name.endsWith(".html") || name.endsWith(".svg")) {
        Document page = parse(text);
        assertThat(page.getElementsByTagName("script").getLength()).as(name).isZero();
      }
    }
    assertThat(Files.readString(report.resolve("report.tex"))).doesNotContain("\\input ");
    assertThat(Files.readString(report.resolve("report.csv"))).contains("\"'=cmd ");
  }

  @Test
  void namesWithControlCharactersAreRefused() throws IOException {
    Files.copy(folder.resolve("plain.swax"), folder.resolve("a\nb.swax"));
    Run.in(folder, "check", "a\nb.swax")
        .isRefused("the name of the file `a[U+000A]b.swax` holds a control character");
    Run.in(folder, "train", "plain.swax", "--run-dir", "a\u001bb")
        .isRefused("the name of the file `a[U+001B]b` holds a control character");
    assertThat(folder.resolve("a\u001bb")).doesNotExist();
    Files.writeString(folder.resolve("text/a\nb.txt"), "a word ".repeat(40));
    Run.in(folder, "train", "plain.swax", "--run-dir", "run")
        .isRefused("b.txt` holds a control character, [U+000A]");
  }

  private Run done(String... arguments) {
    Run run = Run.in(folder, arguments);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  /** Every field and method of the classes that javac makes of a source. */
  private List<String> members(Path source) throws IOException {
    Path classes = Files.createTempDirectory(folder, "classes");
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--add-modules=jdk.incubator.vector",
                "-nowarn",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString());
    assertThat(code).isZero();
    return Folders.files(classes).stream().flatMap(name -> members(classes, name)).toList();
  }

  private static Stream<String> members(Path classes, String name) {
    try {
      var type = ClassFile.of().parse(classes.resolve(name));
      return Stream.concat(
          type.fields().stream().map(f -> name + " " + f.fieldName() + f.fieldType()),
          type.methods().stream().map(m -> name + " " + m.methodName() + m.methodType()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Document parse(String text) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
  }
}
