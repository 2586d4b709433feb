package dev.swax.lsp;

import dev.swax.compiler.analyze.evaluate.Constructor;
import dev.swax.compiler.analyze.evaluate.Key;
import dev.swax.compiler.analyze.name.Operands;
import dev.swax.compiler.analyze.symbol.Symbol;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintKind;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** What a value comes to, how long a pattern is, and which defaults hold. */
final class InlayHints {
  private final Study study;
  private final Span wanted;
  private final List<InlayHint> hints = new ArrayList<>();

  private InlayHints(Study study, Range range) {
    this.study = study;
    this.wanted = Positions.span(study.file(), range);
  }

  static List<InlayHint> of(Study study, Range range) {
    var hints = new InlayHints(study, range);
    Values.of(study.syntax()).values().forEach(hints::expression);
    return hints.hints;
  }

  private void expression(Expression expression) {
    Span span = expression.span();
    if (span.start() > wanted.end() || span.end() < wanted.start()) {
      return;
    }
    if (expression instanceof Expression.Call call) {
      defaults(call);
    }
    boolean told = isWorkedOut(expression) && tell(expression);
    if (!told) {
      Operands.of(expression).forEach(this::expression);
    }
  }

  /** What is written as a number or a list says itself what it is. */
  private static boolean isWorkedOut(Expression expression) {
    return switch (expression) {
      case Expression.Literal _,
          Expression.Text _,
          Expression.Name _,
          Expression.ListLiteral _,
          Expression.Sample _,
          Expression.Until _,
          Expression.Stall _,
          Expression.Assumed _ ->
          false;
      case Expression.Unary(var _, var _, Expression operand) -> isWorkedOut(operand);
      default -> true;
    };
  }

  private boolean tell(Expression expression) {
    String text =
        study
            .findings()
            .find(expression)
            .map(found ->
                switch (found) {
                  case Findings.Amount(String amount) -> "= " + amount;
                  case Findings.Elements(int count) -> "%d elements".formatted(count);
                  case Findings.Window _, Findings.Other _ -> "";
                })
            .orElse("");
    if (!text.isEmpty()) {
      hint(expression.span().end(), text, true);
    }
    return !text.isEmpty();
  }

  /** The arguments of a built-in that are not written and have a value all the same. */
  private void defaults(Expression.Call call) {
    String name = call.callee().text();
    boolean builtIn =
        study
            .symbols()
            .find(call.callee().span().start())
            .filter(found -> found.symbol().kind() == Symbol.Kind.FUNCTION)
            .isPresent();
    if (!builtIn) {
      return;
    }
    Constructor.all().stream()
        .filter(constructor -> constructor.text().equals(name))
        .findFirst()
        .map(constructor -> defaults(call, constructor.schema().keys()))
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> {
          String comma = call.arguments().isEmpty() ? "" : ", ";
          hint(call.span().end() - 1, comma + text, false);
        });
  }

  private static String defaults(Expression.Call call, List<Key> keys) {
    List<String> given = new ArrayList<>();
    for (int at = 0; at < call.arguments().size(); at++) {
      Expression.Name name = call.arguments().get(at).name();
      if (name != null) {
        given.add(name.text());
      } else if (at < keys.size()) {
        given.add(keys.get(at).name());
      }
    }
    return keys.stream()
        .filter(key -> key.stated() && !given.contains(key.name()))
        .map(key -> key.name() + ": " + key.absent())
        .collect(Collectors.joining(", "));
  }

  private void hint(int offset, String text, boolean spaced) {
    var hint = new InlayHint(Positions.position(study.file(), offset), Either.forLeft(text));
    hint.setKind(spaced ? InlayHintKind.Type : InlayHintKind.Parameter);
    hint.setPaddingLeft(spaced);
    hints.add(hint);
  }
}
