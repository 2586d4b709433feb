package dev.swax.grid.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.grid.result.Entry;
import dev.swax.grid.result.GridResult;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What holds for each format. */
class FormatTest {
  private static final List<String> REPORTS =
      List.of("report.html", "report.md", "report.csv", "report.tex");

  @TempDir Path folder;

  private String write(GridResult result, String name) throws IOException {
    new Reports(result).write(folder);
    return Written.file(folder, name);
  }

  @Test
  void aFailedEntryAndItsReasonShowInEveryFormat() throws IOException {
    GridResult result = Samples.single(new Entry.Failed("disk full", null));
    for (String name : REPORTS) {
      assertThat(write(result, name)).as(name).contains("failed").contains("disk full");
    }
  }

  @Test
  void aLongReasonStandsBelowTheTable() throws IOException {
    String reason = "the runner `sh run.sh` ended with exit code 3: it has no sandbox to start in";
    GridResult result = Samples.single(new Entry.Failed(reason, null));
    assertThat(write(result, "report.md"))
        .contains("| *failed, see below* |", "## Failed\n\n- measure:");
    for (String name : REPORTS) {
      assertThat(write(result, name)).as(name).contains("ended with exit code 3");
    }
  }

  @Test
  void whatDidNotRunSaysSoInEveryFormat() throws IOException {
    GridResult result = Samples.single(new Entry.Missing(null, new Entry.Reference(4.5, 0.1)));
    for (String name : REPORTS) {
      assertThat(write(result, name)).as(name).contains("not run").contains("4.5");
    }
  }

  @Test
  void whatHasNoMeaningSaysWhyInEveryFormat() throws IOException {
    GridResult result = Samples.single(new Entry.NotApplicable("no memory", null));
    for (String name : REPORTS) {
      assertThat(write(result, name)).as(name).contains("no memory");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.swax.grid.report.ReportGoldenTest#results")
  void thePageIsWellFormedAndNeedsNothingOutsideItself(Map.Entry<String, GridResult> result)
      throws Exception {
    String html = write(result.getValue(), "report.html");
    Document page = parse(html);
    NodeList elements = page.getElementsByTagName("*");
    for (int i = 0; i < elements.getLength(); i++) {
      Element element = (Element) elements.item(i);
      assertThat(element.getTagName())
          .isNotIn("script", "link", "img", "iframe", "object", "embed", "image", "base", "form");
      for (String attribute : List.of("src", "href", "xlink:href", "srcset", "action", "data")) {
        String value = element.getAttribute(attribute);
        assertThat(value.isEmpty() || value.startsWith("#")).as(value).isTrue();
      }
      for (int j = 0; j < element.getAttributes().getLength(); j++) {
        String name = element.getAttributes().item(j).getNodeName();
        assertThat(name).as("no handlers of events").doesNotStartWith("on");
        assertThat(outside(element.getAttributes().item(j).getNodeValue())).as(name).isFalse();
      }
      if (element.getTagName().equals("style")) {
        assertThat(outside(element.getTextContent())).isFalse();
      }
    }
  }

  private static boolean outside(String style) {
    return style.contains("@import") || Pattern.compile("url\\((?!['\"]?#)").matcher(style).find();
  }

  @Test
  void thePageShowsOddTextAsItIs() throws Exception {
    Document page = parse(write(Samples.everyKind(), "report.html"));
    NodeList heads = page.getElementsByTagName("th");
    assertThat(heads.item(2).getTextContent()).isEqualTo(Samples.ODD.replace('\u0001', '\uFFFD'));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "a,b", "\"", "a\"b\"", "two\nlines", "two\r\nlines", "", " "})
  void quotedFieldsReadBack(String field) {
    assertThat(unquoted(CsvReport.quote(field))).isEqualTo(field);
  }

  private static String unquoted(String field) {
    return field.startsWith("\"")
        ? field.substring(1, field.length() - 1).replace("\"\"", "\"")
        : field;
  }

  @Test
  void noTextIsMoreThanText() throws Exception {
    new Reports(Samples.hostile()).write(folder);
    for (Map.Entry<String, String> file : Written.files(folder).entrySet()) {
      assertThat(file.getValue().codePoints().filter(FormatTest::isHostile).boxed())
          .as(file.getKey())
          .isEmpty();
      if (file.getKey().endsWith(".svg") || file.getKey().endsWith(".html")) {
        NodeList scripts = parse(file.getValue()).getElementsByTagName("script");
        assertThat(scripts.getLength()).as(file.getKey()).isZero();
      }
    }
    assertThat(Written.file(folder, "report.tex")).doesNotContain("\\input");
    assertThat(Written.file(folder, "report.md").lines().filter(line -> line.startsWith("- - ")))
        .isEmpty();
    List<List<String>> table = fields(Written.file(folder, "report.csv"));
    assertThat(table).hasSize(1 + 18 * 18).allSatisfy(line -> assertThat(line).hasSize(22));
    assertThat(table.stream().flatMap(List::stream))
        .noneMatch(f -> f.matches("(?s)[=+@\t\uff1d].*"));
    assertThat(table.get(1).get(1)).isEqualTo("'=cmd|' /C calc'!A0");
  }

  private static boolean isHostile(int c) {
    return (Character.isISOControl(c) && c != '\n' && c != '\t')
        || (Character.getType(c) == Character.FORMAT)
        || Character.getType(c) == Character.SURROGATE
        || c == 0x2028
        || c == 0x2029
        || c == 0xFFFE
        || c == 0xFFFF;
  }

  /** The fields of each line of a CSV file. */
  private static List<List<String>> fields(String csv) {
    List<List<String>> lines = new ArrayList<>();
    Matcher field =
        Pattern.compile("(?s)(?:\"((?:[^\"]|\"\")*)\"|([^,\n\"]*))([,\n])").matcher(csv);
    List<String> line = new ArrayList<>();
    while (field.find()) {
      line.add(field.group(1) == null ? field.group(2) : field.group(1).replace("\"\"", "\""));
      if (field.group(3).equals("\n")) {
        lines.add(line);
        line = new ArrayList<>();
      }
    }
    return lines;
  }

  @Test
  void everyLineOfTheCsvHasEveryField() throws IOException {
    String csv = write(Samples.ablation(), "report.csv");
    List<String> lines = csv.lines().toList();
    assertThat(lines).hasSize(1 + 5 * 3);
    assertThat(lines)
        .allSatisfy(
            line -> assertThat(line.replaceAll("\"[^\"]*\"", "").split(",", -1)).hasSize(22));
  }

  @Test
  void markdownTablesHaveTheSameColumnsInEveryLine() throws IOException {
    String markdown = write(Samples.everyKind(), "report.md");
    List<String> table = markdown.lines().filter(line -> line.startsWith("|")).toList();
    assertThat(table).hasSize(2 + 4);
    assertThat(table)
        .allSatisfy(
            line -> assertThat(line.replace("\\|", "").split("\\|", -1)).hasSize(1 + 5 + 1));
  }

  @Test
  void latexHasAnEqualNumberOfColumnsAndNoBareSpecials() throws IOException {
    String latex = write(Samples.everyKind(), "report.tex");
    String body = latex.substring(latex.indexOf("\\toprule"), latex.indexOf("\\bottomrule"));
    List<String> rows = body.lines().filter(line -> line.endsWith("\\\\")).toList();
    assertThat(rows).hasSizeGreaterThan(4);
    assertThat(rows).allSatisfy(row -> assertThat(row.split("(?<!\\\\)&", -1)).hasSize(1 + 4));
    assertThat(latex.replaceAll("\\\\[#%_^~&$]", "")).doesNotContain("#").doesNotContain("_");
  }

  private static Document parse(String html) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
  }
}
