package dev.swax.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.analyze.Analyzer;
import dev.swax.compiler.analyze.data.Options;
import dev.swax.compiler.analyze.module.FileModules;
import dev.swax.compiler.analyze.module.ModuleLoader;
import dev.swax.compiler.analyze.part.PartAnalyzer;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.DiagnosticJson;
import dev.swax.compiler.diagnostic.DiagnosticRenderer;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.facts.FactSheet;
import dev.swax.compiler.facts.InfoText;
import dev.swax.compiler.facts.Usage;
import dev.swax.compiler.format.Formatter;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.syntax.SyntaxFile;
import dev.swax.compiler.syntax.SyntaxPrinter;
import dev.swax.runtime.train.Recompute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** What must hold of any text, taken through the stages of `check`, `fmt` and `info`. */
final class FuzzedFile {
  /** Words of the parser generator, of Java and of compilers, which no message may use. */
  static final Pattern FORBIDDEN =
      Pattern.compile(
          "(?i)antlr|exception|org\\.|java|extraneous|mismatched|viable|<EOF>|token|parser|lexer"
              + "|[A-Z]{2,}_[A-Z]+|\\bnull\\b|illegal|invalid|Context\\b|@[0-9a-f]{5,}");

  /** What models read, which only messages about syntax must not speak of. */
  private static final Pattern TOKENS = Pattern.compile("tokens?|tokenizers?");

  private static final Map<String, Optional<SyntaxFile>> STANDARD = new LinkedHashMap<>();
  private static final ModuleLoader FILES = new FileModules(Golden.root().resolve("examples"));

  private FuzzedFile() {}

  /**
   * Nothing is thrown, messages are in the user's words, formatting keeps the meaning. Whether it
   * came to that: the text was a file of the language.
   */
  static boolean check(String what, String text) {
    var diagnostics = new Diagnostics();
    boolean parsed = false;
    try {
      SyntaxFile file = Parser.parse(new SourceFile("fuzz.swax", text), diagnostics);
      String printed = SyntaxPrinter.print(file);
      parsed = !diagnostics.hasErrors();
      if (parsed) {
        checkFormat(file, printed);
        analyze(file, diagnostics);
      }
      List<Diagnostic> shown = diagnostics.inOrder();
      DiagnosticJson.render(shown);
      DiagnosticRenderer.render(shown);
    } catch (RuntimeException | Error escaped) {
      fail(what + ", for the text:\n" + text, escaped);
    }
    diagnostics.all().forEach(diagnostic -> checkMessage(what, text, diagnostic));
    return parsed;
  }

  private static void checkFormat(SyntaxFile file, String printed) {
    String formatted = Formatter.format(file);
    var diagnostics = new Diagnostics();
    SyntaxFile again = Parser.parse(new SourceFile("formatted.swax", formatted), diagnostics);
    assertThat(diagnostics.all()).as("formatted:%n%s", formatted).isEmpty();
    assertThat(SyntaxPrinter.print(again)).as("meaning of%n%s", formatted).isEqualTo(printed);
    assertThat(Formatter.format(again)).as("formatted twice").isEqualTo(formatted);
  }

  private static void analyze(SyntaxFile file, Diagnostics diagnostics) {
    Analysis analysis =
        new Analyzer(FuzzedFile::load, new PartAnalyzer())
            .analyze(file, Options.none(), diagnostics);
    if (!diagnostics.hasErrors()) {
      InfoText.render(
          analysis.models().stream()
              .limit(2)
              .map(
                  model -> FactSheet.of(model, analysis.usage(model), (_, usage) -> noBytes(usage)))
              .toList());
    }
  }

  /** The standard library is parsed once. */
  private static Optional<SyntaxFile> load(
      String path, SourceFile importer, Diagnostics diagnostics) {
    return FileModules.isStandard(path)
        ? STANDARD.computeIfAbsent(path, _ -> FILES.load(path, importer, new Diagnostics()))
        : FILES.load(path, importer, diagnostics);
  }

  /** What a message quotes is the user's own and may be anything. */
  private static void checkMessage(String what, String text, Diagnostic diagnostic) {
    String help = diagnostic.help() == null ? "" : diagnostic.help();
    String said = (diagnostic.message() + " " + help).replaceAll("`[^`]*`", "");
    boolean syntax = diagnostic.code().label().startsWith("SWX1");
    if (!text.contains("`") && (syntax || !text.contains("\""))) {
      assertThat(syntax ? said : TOKENS.matcher(said).replaceAll(""))
          .as("%s, for the text:%n%s", what, text)
          .doesNotContainPattern(FORBIDDEN);
    }
    int length = diagnostic.span().file().text().length();
    assertThat(diagnostic.span().start()).isBetween(0, length);
    assertThat(diagnostic.span().end()).isBetween(diagnostic.span().start(), length);
  }

  private static SequencedMap<Recompute, Long> noBytes(Usage usage) {
    SequencedMap<Recompute, Long> bytes = new LinkedHashMap<>();
    bytes.put(usage.recompute(), 0L);
    return bytes;
  }
}
