package dev.swax.tests.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.cli.Console;
import dev.swax.cli.Host;
import dev.swax.cli.Swax;
import dev.swax.compiler.diagnostic.DiagnosticRenderer;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** What holds of every document: its links, the verbs and options of its commands, its snippets. */
class DocumentsTest {
  /** A command in a block: alone, after a prompt, or after a program that starts it. */
  private static final Pattern COMMAND =
      Pattern.compile("^(?: {4}|\\$ )(?:[a-z].* )?(?:\\./)?swax ([a-z].*)$", Pattern.MULTILINE);

  @TestFactory
  Stream<DynamicTest> everyLinkLeadsSomewhere() {
    return Documents.all().stream()
        .map(page ->
            DynamicTest.dynamicTest(
                page.toString(), () -> assertThat(Links.broken(page)).isEmpty()));
  }

  @Test
  void everyCommandIsOne() {
    List<String> wrong = new ArrayList<>();
    int commands = 0;
    for (Page page : Documents.all()) {
      for (String line : lines(page)) {
        commands++;
        String fault = fault(line);
        if (!fault.isEmpty()) {
          wrong.add("%s: swax %s: %s".formatted(page, line, fault));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(commands).isGreaterThan(50);
  }

  private static List<String> lines(Page page) {
    return COMMAND
        .matcher(page.text().replace("\\\n", " "))
        .results()
        .map(found -> found.group(1).split(" \\|\\|? | > | && | {5,}[a-z]", 2)[0])
        .toList();
  }

  /** What is wrong with the words of a command; nothing where it is right. */
  private static String fault(String line) {
    List<String> arguments =
        new CommandText("swax " + line, "")
            .arguments().stream().filter(word -> !word.equals("...")).toList();
    var stream = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    var console = new Console(stream, stream, false, false, false);
    var swax = new Swax(new Host(console, Path.of(""), Map.of(), () -> () -> false));
    try {
      swax.commandLine(arguments).parseArgs(arguments.toArray(String[]::new));
      return "";
    } catch (CommandLine.ParameterException fault) {
      return String.valueOf(fault.getMessage());
    }
  }

  @TestFactory
  Stream<DynamicTest> everySnippetParses() {
    return Documents.all().stream()
        .flatMap(page ->
            page.blocksOf("swax").stream()
                .map(block ->
                    DynamicTest.dynamicTest(
                        page + ":" + block.line(), () -> parses(block.text()))));
  }

  /** A snippet is a file, or lines of a grid. */
  private static void parses(String snippet) {
    String faults = faults(snippet);
    if (!faults.isEmpty()) {
      assertThat(faults("grid g {\n" + snippet + "}\n")).as(faults).isEmpty();
    }
  }

  private static String faults(String text) {
    var diagnostics = new Diagnostics();
    Parser.parse(new SourceFile("snippet.swax", text), diagnostics);
    return DiagnosticRenderer.render(diagnostics.all());
  }
}
