package dev.swax.lsp;

import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;

/**
 * The help of a diagnostic as an edit. Help says what to type, not always where; so each place is
 * tried, and an edit is offered only if the fault is gone with it and nothing else is wrong.
 */
final class QuickFixes {
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

  /** Of a list of choices, the first are offered. */
  private static final int MOST = 8;

  private final Workspace workspace;

  QuickFixes(Workspace workspace) {
    this.workspace = workspace;
  }

  List<CodeAction> at(Study study, String uri, Range range) {
    Span wanted = Positions.span(study.file(), range);
    List<CodeAction> actions = new ArrayList<>();
    List<org.eclipse.lsp4j.Diagnostic> shown = new DiagnosticList(workspace, study).all();
    for (int at = 0; at < shown.size(); at++) {
      Diagnostic fault = study.diagnostics().get(at);
      Span span = fault.span();
      boolean here =
          span.file().equals(study.file())
              && span.start() <= wanted.end()
              && wanted.start() <= span.end();
      if (here && fault.help() != null) {
        actions(study, uri, fault, shown.get(at), actions);
      }
    }
    return actions;
  }

  private void actions(
      Study study,
      String uri,
      Diagnostic fault,
      org.eclipse.lsp4j.Diagnostic shown,
      List<CodeAction> actions) {
    for (String text : texts(String.valueOf(fault.help()))) {
      edit(study, fault, text)
          .ifPresent(edit -> {
            var action =
                new CodeAction(text.isEmpty() ? "Leave it out" : "Write `%s`".formatted(text));
            action.setKind(CodeActionKind.QuickFix);
            action.setDiagnostics(List.of(shown));
            action.setEdit(new WorkspaceEdit(Map.of(uri, List.of(edit))));
            actions.add(action);
          });
    }
    actions.stream()
        .filter(action -> action.getDiagnostics().contains(shown))
        .findFirst()
        .ifPresent(action -> action.setIsPreferred(true));
  }

  /** What the help quotes; an empty text where it says to leave something out. */
  private static List<String> texts(String help) {
    if (help.startsWith("leave it out")) {
      return List.of("");
    }
    List<String> texts = new ArrayList<>();
    Matcher matcher = QUOTED.matcher(help);
    while (matcher.find() && texts.size() < MOST) {
      if (!matcher.group(1).contains("…")) {
        texts.add(matcher.group(1));
      }
    }
    return texts;
  }

  private Optional<TextEdit> edit(Study study, Diagnostic fault, String text) {
    Span span = fault.span();
    List<TextEdit> candidates = new ArrayList<>();
    candidates.add(new TextEdit(Positions.range(span), text));
    if (!text.isEmpty()) {
      candidates.add(insert(span, span.start(), text + " "));
      candidates.add(insert(span, span.end(), " " + text));
      fault.notes().stream()
          .map(Diagnostic.Note::span)
          .filter(note -> note.file().equals(span.file()))
          .forEach(note -> candidates.add(insert(span, endOfWordBefore(note), text)));
    }
    return candidates.stream().filter(edit -> helps(study, edit)).findFirst();
  }

  private static TextEdit insert(Span span, int offset, String text) {
    return new TextEdit(Positions.range(new Span(span.file(), offset, offset)), text);
  }

  /** Behind what stands before a place, whatever white space is between. */
  private static int endOfWordBefore(Span note) {
    return note.file().text().substring(0, note.start()).stripTrailing().length();
  }

  private boolean helps(Study study, TextEdit edit) {
    Span span = Positions.span(study.file(), edit.getRange());
    String text = study.file().text();
    String changed =
        text.substring(0, span.start()) + edit.getNewText() + text.substring(span.end());
    String name = study.file().name();
    Workspace after = workspace.with(Map.of(name, changed));
    Study then = after.find(name).map(parsed -> Study.of(after, parsed)).orElseThrow();
    if (study.hasFaultsOfSyntax() && !then.hasFaultsOfSyntax()) {
      return true; // what is wrong now was hidden by the fault
    }
    List<String> before = study.diagnostics().stream().map(Diagnostic::message).toList();
    List<String> left = then.diagnostics().stream().map(Diagnostic::message).toList();
    return left.size() < before.size() && before.containsAll(left);
  }
}
