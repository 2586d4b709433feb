package dev.swax.tests.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.facts.ParameterCount;
import dev.swax.tests.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each model of {@code examples/zoo} computes what its published code computes: logits and
 * gradients with the same weights, interpreted and by kernels. docs/zoo.md is the table of them
 * all; {@code -Dgolden=update} writes it. {@code -Dzoo=NAME} compares one model only.
 */
class ZooTest {
  private static final Path PAGE = Golden.root().resolve("docs/zoo.md");
  private static final Pattern TABLE =
      Pattern.compile("(?<=<!-- zoo -->\n).*(?=<!-- end -->)", Pattern.DOTALL);

  private static final Pattern DEVICES =
      Pattern.compile("(?<=<!-- devices -->\n).*(?=<!-- end devices -->)", Pattern.DOTALL);

  /** What is measured may differ in its last bits from machine to machine. */
  private static final Pattern MEASURED = Pattern.compile("\\de-\\d\\d");

  @TestFactory
  Stream<DynamicTest> computesWhatItsPublishedCodeComputes() {
    String only = System.getProperty("zoo");
    if (only != null) {
      return Stream.of(
          DynamicTest.dynamicTest(only, () -> row(ZooModel.named(only), new ArrayList<>())));
    }
    List<String> rows = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    Stream<DynamicTest> models =
        Golden.files(Golden.root().resolve("examples/zoo"), ".swax").stream()
            .map(ZooModel::of)
            .map(model ->
                DynamicTest.dynamicTest(model.name(), () -> rows.add(row(model, refused))));
    return Stream.concat(
        models,
        Stream.of(
            DynamicTest.dynamicTest("docs/zoo.md", () -> check(rows)),
            DynamicTest.dynamicTest("on devices", () -> checkDevices(refused))));
  }

  private static String row(ZooModel model, List<String> refused) {
    long parameters = ParameterCount.of(model.published()).total();
    String name =
        "| [%s](../examples/zoo/%s.swax) | %s | %s "
            .formatted(
                model.title(),
                model.name(),
                model.difference().map(words -> "differs: " + words).orElse("exact"),
                String.format(Locale.ROOT, "%,d", parameters));
    Path data = Golden.folder("zoo").resolve(model.name() + ".txt");
    if (!Files.exists(data)) {
      return name + "| | | |";
    }
    ZooNumbers numbers = ZooNumbers.read(data);
    var check = new ZooCheck(model, numbers);
    check
        .deviceObstacle()
        .ifPresent(obstacle -> refused.add("- " + obstacle.replace("small_zoo", model.name())));
    return name
        + "| %s | %s | %s |"
            .formatted(
                measured(check.interpreter()),
                measured(check.kernels()),
                numbers.source().replace(" in float64", ""));
  }

  private static String measured(double difference) {
    return String.format(Locale.ROOT, "%.0e", difference);
  }

  /** The page as it stands, with this table. */
  private static void check(List<String> rows) {
    String page = Golden.read(PAGE);
    var table = TABLE.matcher(page);
    assertThat(table.find()).as("a table in docs/zoo.md").isTrue();
    String found =
        """
        | model | verdict | parameters | logits, in double | logits, by kernels | compared with |
        |---|---|---|---|---|---|
        %s
        """
            .formatted(String.join("\n", rows));
    if (!MEASURED
        .matcher(table.group())
        .replaceAll("")
        .equals(MEASURED.matcher(found).replaceAll(""))) {
      Golden.check(PAGE, page.substring(0, table.start()) + found + page.substring(table.end()));
    }
  }

  /** Which have no program for devices, and what is said then. {@link DeviceZooTest} runs them. */
  private static void checkDevices(List<String> refused) {
    String found =
        refused.isEmpty()
            ? "All of them have a program for devices.\n"
            : "All have a program for devices but these:\n\n%s\n"
                .formatted(String.join("\n", refused));
    String page = Golden.read(PAGE);
    var part = DEVICES.matcher(page);
    assertThat(part.find()).as("devices in docs/zoo.md").isTrue();
    Golden.check(PAGE, page.substring(0, part.start()) + found + page.substring(part.end()));
  }
}
