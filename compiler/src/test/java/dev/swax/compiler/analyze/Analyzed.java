package dev.swax.compiler.analyze;

import dev.swax.compiler.analyze.data.Options;
import dev.swax.compiler.analyze.module.ModuleLoader;
import dev.swax.compiler.analyze.part.PartAnalyzer;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.SyntaxFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** A text taken through the analyzer, for tests. */
record Analyzed(Analysis analysis, Diagnostics diagnostics) {

  static Analyzed of(String text) {
    return of(text, Options.none(), new LinkedHashMap<>());
  }

  static Analyzed of(String text, Options options, SequencedMap<String, String> files) {
    var diagnostics = new Diagnostics();
    ModuleLoader loader =
        (path, _, found) ->
            Optional.ofNullable(files.get(path))
                .map(content -> Parser.parse(new SourceFile(path, content), found));
    SyntaxFile file = Parser.parse(new SourceFile("test.swax", text), diagnostics);
    Analyzer analyzer = new Analyzer(loader, new PartAnalyzer());
    return new Analyzed(analyzer.analyze(file, options, diagnostics), diagnostics);
  }

  /** Settings as the command line gives them. */
  static Options settings(String... settings) {
    String text = "profile set { " + String.join("\n", settings) + " }";
    SyntaxFile file = Parser.parse(new SourceFile("--set", text), new Diagnostics());
    Declaration.Profile profile = (Declaration.Profile) file.declarations().getFirst();
    return new Options(null, profile.settings());
  }

  Architecture model(String name) {
    return analysis.findModel(name).orElseThrow(() -> new AssertionError(messages()));
  }

  /** {@code SWX2001 3:17 nothing here is called `x` / did you mean `y`?}. */
  List<String> messages() {
    return diagnostics.all().stream()
        .map(d ->
            "%s %d:%d %s%s"
                .formatted(
                    d.code().label(),
                    d.span().line(),
                    d.span().column(),
                    d.message(),
                    d.help() == null ? "" : " / " + d.help()))
        .toList();
  }
}
