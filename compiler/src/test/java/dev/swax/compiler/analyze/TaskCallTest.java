package dev.swax.compiler.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.analyze.data.Options;
import dev.swax.compiler.diagnostic.DiagnosticRenderer;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.SyntaxFile;
import dev.swax.runtime.declare.Argument;
import dev.swax.runtime.declare.ArgumentType;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.task.catalog.TaskCatalog;
import dev.swax.runtime.task.declare.TaskDeclaration;
import dev.swax.runtime.token.ByteTokenizer;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What tasks declare is what the language has. */
class TaskCallTest {
  static Stream<TaskDeclaration> tasks() {
    return TaskCatalog.TASKS.stream();
  }

  /** What holds without an argument is also what holds where just that is written. */
  @ParameterizedTest
  @MethodSource("tasks")
  void whatIsShownIsWhatHolds(TaskDeclaration task) {
    Predicate<Argument<?>> required = argument -> argument.shown().isEmpty();
    String least = made(call(task, required)).describe();
    assertThat(made(call(task, argument -> !isText(argument.type()) || required.test(argument))))
        .extracting(Task::describe)
        .isEqualTo(least);
  }

  private static String call(TaskDeclaration task, Predicate<Argument<?>> given) {
    return task.arguments().stream()
        .filter(given)
        .map(argument -> argument.name() + ": " + value(argument))
        .collect(Collectors.joining(", ", task.name() + "(", ")"));
  }

  private static String value(Argument<?> argument) {
    if (!argument.shown().isEmpty()) {
      return argument.shown();
    }
    return switch (argument.type()) {
      case ArgumentType.Whole _ -> argument.name().equals("length") ? "4Ki" : "8";
      case ArgumentType.Word<?> word -> word.meanings().firstEntry().getKey();
      case ArgumentType.Text<?> _, ArgumentType.Texts<?> _ -> "\"none\"";
      default -> throw new AssertionError(argument.name());
    };
  }

  private static boolean isText(ArgumentType<?> type) {
    return type instanceof ArgumentType.Text || type instanceof ArgumentType.Texts;
  }

  private static Task made(String call) {
    var diagnostics = new Diagnostics();
    String text = "profile set { x.task = " + call + " }";
    SyntaxFile file = Parser.parse(new SourceFile("test.swax", text), diagnostics);
    var profile = (Declaration.Profile) file.declarations().getFirst();
    SyntaxFile empty = Parser.parse(new SourceFile("empty.swax", ""), diagnostics);
    List<Task> tasks =
        new Analyzer((_, _, _) -> Optional.empty(), (_, _) -> Optional.empty())
            .tasks(
                empty,
                Options.none(),
                List.of(profile.settings().getFirst().value()),
                ByteTokenizer.BYTES,
                diagnostics);
    assertThat(DiagnosticRenderer.render(diagnostics.all())).isEmpty();
    return tasks.getFirst();
  }
}
