package dev.swax.cli.input;

import dev.swax.cli.Rejected;
import dev.swax.compiler.analyze.Analyzer;
import dev.swax.compiler.analyze.data.Options;
import dev.swax.compiler.analyze.part.PartAnalyzer;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.SyntaxFile;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.token.Tokenizer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A task as it is typed: {@code mqar(length: 256, pairs: 16)}, or the name of one. */
public final class TaskExpression {
  private static final String LENGTH = "length";

  private TaskExpression() {}

  /**
   * The task at each length, or as it is typed where there are none; faults end the verb.
   *
   * @param input whose names may be used
   * @param tokenizer between the texts of tasks and tokens
   */
  public static List<Task> tasks(
      Input input, String text, List<Integer> lengths, Tokenizer tokenizer) {
    var diagnostics = new Diagnostics();
    List<Task> tasks = tasks(input, text, lengths, tokenizer, diagnostics);
    if (diagnostics.hasErrors()) {
      throw new Rejected(
          diagnostics.all().stream().map(Settings::asTyped).distinct().toList(), input.json());
    }
    return tasks;
  }

  private static List<Task> tasks(
      Input input,
      String text,
      List<Integer> lengths,
      Tokenizer tokenizer,
      Diagnostics diagnostics) {
    List<Declaration.Setting> typed =
        Settings.parse(Settings.TASK, List.of("task = " + text), diagnostics);
    List<Declaration.Setting> set = Settings.parse(input.settings(), input.options(), diagnostics);
    if (typed.isEmpty() || diagnostics.hasErrors()) {
      return List.of();
    }
    Expression task = typed.getFirst().value();
    List<Expression> expressions =
        lengths.isEmpty()
            ? List.of(task)
            : lengths.stream().map(length -> withLength(task, length)).toList();
    SyntaxFile file = input.parse();
    return new Analyzer(input.modules(), new PartAnalyzer())
        .tasks(file, new Options(input.profile(), set), expressions, tokenizer, diagnostics);
  }

  /** A call gets the argument, whether it has one or not; what is a task already gets another. */
  private static Expression withLength(Expression task, int length) {
    Span span = task.span();
    var name = new Expression.Name(span, LENGTH, false);
    var value =
        new Expression.Literal(
            span, BigDecimal.valueOf(length), Expression.Multiplier.ONE, Expression.Unit.NONE);
    if (!(task instanceof Expression.Call call)) {
      return new Expression.With(
          span, task, List.of(new Expression.Replacement(span, name, value)));
    }
    List<Expression.Argument> arguments = new ArrayList<>();
    for (Expression.Argument argument : call.arguments()) {
      if (argument.name() == null || !argument.name().text().equals(LENGTH)) {
        arguments.add(argument);
      }
    }
    arguments.add(new Expression.Argument(span, name, value));
    return new Expression.Call(span, call.callee(), arguments);
  }
}
