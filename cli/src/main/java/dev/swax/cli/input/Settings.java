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

  /** The settings, with what is wrong in them reported. */
  static List<Declaration.Setting> parse(List<String> texts, Diagnostics diagnostics) {
    return parse(SET, texts, diagnostics);
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
    found.all().forEach(diagnostics::report);
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

  /** The same diagnostic, its places counted within what was typed. */
  static Diagnostic asTyped(Diagnostic diagnostic) {
    return new Diagnostic(
        diagnostic.code(),
        asTyped(diagnostic.span()),
        diagnostic.message(),
        diagnostic.notes().stream()
            .map(note -> new Diagnostic.Note(asTyped(note.span()), note.message()))
            .toList(),
        diagnostic.help());
  }

  private static Span asTyped(Span span) {
    String text = span.file().text();
    String name = span.file().name();
    if (!(name.equals(SET) || name.equals(TASK)) || !text.startsWith(BEFORE)) {
      return span;
    }
    String typed = text.substring(BEFORE.length(), text.length() - AFTER.length());
    return new Span(
        new SourceFile(name, typed), within(span.start(), typed), within(span.end(), typed));
  }

  private static int within(int offset, String typed) {
    return Math.clamp(offset - BEFORE.length(), 0, typed.length());
  }
}
