package dev.swax.cli.input;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.SyntaxFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Settings as they are typed: {@code train.seq=512 tok}. Each is parsed as the only line of a
 * profile, so it means what it would mean there.
 */
public final class Settings {
  /** Files of these names hold what was typed. */
  static final String SET = "--set";

  static final String TASK = "--task";

  private static final String BEFORE = "profile command_line {\n";
  private static final String AFTER = "\n}\n";

  private Settings() {}

  /** The settings, with what is wrong in them reported; {@code options} typed for some. */
  static List<Declaration.Setting> parse(
      List<String> texts, Map<String, String> options, Diagnostics diagnostics) {
    return texts.stream()
        .flatMap(text -> parse(options.getOrDefault(text, SET), text, diagnostics).stream())
        .toList();
  }

  /** What was typed for an option, as settings. */
  static List<Declaration.Setting> parse(
      String option, List<String> texts, Diagnostics diagnostics) {
    List<Declaration.Setting> settings = new ArrayList<>();
    for (String text : texts) {
      settings.addAll(parse(option, text, diagnostics));
    }
    return settings;
  }

  private static List<Declaration.Setting> parse(
      String option, String text, Diagnostics diagnostics) {
    var file = new SourceFile(option, BEFORE + text + AFTER);
    var found = new Diagnostics();
    SyntaxFile syntax = Parser.parse(file, found);
    List<Diagnostic> faults = found.all();
    if (faults.stream().anyMatch(fault -> fault.code() == Code.UNCLOSED_BRACKET)) {
      diagnostics.report(
          Code.UNCLOSED_BRACKET,
          new Span(file, BEFORE.length(), BEFORE.length() + text.length()),
          "the brackets here do not match",
          null);
      return List.of();
    }
    faults.forEach(diagnostics::report);
    if (found.hasErrors()) {
      return List.of();
    }
    if (syntax.declarations().size() == 1
        && syntax.declarations().getFirst() instanceof Declaration.Profile profile
        && profile.settings().size() == 1) {
      return profile.settings();
    }
    diagnostics.report(
        Code.MISPLACED,
        new Span(file, BEFORE.length(), BEFORE.length() + text.length()),
        "`%s` is not one setting".formatted(text),
        "`--set path=value`, once for each setting");
    return List.of();
  }

  /** The same diagnostic, in the words and with the places of what was typed. */
  static Diagnostic asTyped(Diagnostic diagnostic) {
    return new Diagnostic(
        diagnostic.code(),
        asTyped(diagnostic.span()),
        asTyped(diagnostic.span(), diagnostic.message()),
        diagnostic.notes().stream()
            .map(note ->
                new Diagnostic.Note(asTyped(note.span()), asTyped(note.span(), note.message())))
            .toList(),
        diagnostic.help());
  }

  private static Span asTyped(Span span) {
    String text = span.file().text();
    String name = span.file().name();
    if (!isTyped(span)) {
      return span;
    }
    String value = text.substring(BEFORE.length(), text.length() - AFTER.length());
    int from = isSetting(name) ? 0 : value.indexOf('=') + 1;
    String typed = value.substring(from);
    int start = BEFORE.length() + from;
    return new Span(
        new SourceFile(name, typed),
        Math.clamp(span.start() - start, 0, typed.length()),
        Math.clamp(span.end() - start, 0, typed.length()));
  }

  /** What is set is called what was typed for it. */
  private static String asTyped(Span span, String message) {
    String name = span.file().name();
    if (!isTyped(span) || isSetting(name)) {
      return message;
    }
    String text = span.file().text();
    String path = text.substring(BEFORE.length(), text.indexOf('=', BEFORE.length()));
    return message.replace("`" + path + "`", "`" + name + "`");
  }

  private static boolean isTyped(Span span) {
    return span.file().name().startsWith("--") && span.file().text().startsWith(BEFORE);
  }

  private static boolean isSetting(String name) {
    return name.equals(SET) || name.equals(TASK);
  }
}
