package dev.swax.runtime.task.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.declare.Argument;
import dev.swax.runtime.task.declare.TaskDeclaration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What tasks declare goes together, and the documents say the same. */
class TaskCatalogTest {
  private static final Path DOCS = Path.of(System.getProperty("swax.root"), "docs");
  private static final Pattern ARGUMENT = Pattern.compile("`([a-z_]+)`(?: \\(([^)]*)\\))?");

  static Stream<TaskDeclaration> tasks() {
    return TaskCatalog.TASKS.stream();
  }

  @Test
  void namesAreDifferent() {
    assertThat(tasks().map(TaskDeclaration::name)).doesNotHaveDuplicates();
    assertThat(tasks())
        .allSatisfy(task ->
            assertThat(task.arguments().stream().map(Argument::name)).doesNotHaveDuplicates());
  }

  /** What need not be given follows what must be, or its place would have no meaning. */
  @ParameterizedTest
  @MethodSource("tasks")
  void whatMustBeGivenComesFirst(TaskDeclaration task) {
    List<Boolean> required = task.arguments().stream().map(a -> a.shown().isEmpty()).toList();
    assertThat(required.lastIndexOf(true)).isLessThan(firstOptional(required));
  }

  private static int firstOptional(List<Boolean> required) {
    int first = required.indexOf(false);
    return first < 0 ? required.size() : first;
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void theTableOfTasksHasItsArguments(TaskDeclaration task) throws IOException {
    String cell = row("tasks.md", "| `%s` |".formatted(task.name())).split(" \\| ")[1];
    Map<String, String> written = new LinkedHashMap<>();
    for (Matcher matcher = ARGUMENT.matcher(cell); matcher.find(); ) {
      String shown = matcher.group(2);
      written.put(matcher.group(1), shown == null ? "" : shown);
    }
    Map<String, String> declared = new LinkedHashMap<>();
    task.arguments().forEach(argument -> declared.put(argument.name(), argument.shown()));
    assertThat(new ArrayList<>(written.entrySet())).isEqualTo(new ArrayList<>(declared.entrySet()));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void theLanguageSaysWhatItAsks(TaskDeclaration task) throws IOException {
    String cell = row("language.md", "| `%s(…)` |".formatted(task.name())).split(" \\| ")[1];
    assertThat(cell).isEqualTo(task.meaning());
  }

  private static String row(String document, String start) throws IOException {
    return Files.readString(DOCS.resolve(document))
        .lines()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row " + start + " in " + document));
  }
}
