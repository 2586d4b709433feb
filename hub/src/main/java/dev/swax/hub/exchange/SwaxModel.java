package dev.swax.hub.exchange;

import dev.swax.compiler.Compiler;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.analyze.data.Options;
import dev.swax.compiler.analyze.module.FileModules;
import dev.swax.compiler.analyze.part.PartAnalyzer;
import dev.swax.compiler.diagnostic.DiagnosticRenderer;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.source.SourceFile;
import dev.swax.hub.Blueprint;
import dev.swax.hub.match.Sketch;
import dev.swax.runtime.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The model of a text that a class of published models has made. */
final class SwaxModel {
  /** Of models that are only compared. */
  static final String NAME = "published";

  private SwaxModel() {}

  static Sketch sketch(String type, Blueprint blueprint) {
    Architecture model = architecture(type, "edition 1\n\n" + blueprint.declarations());
    List<Integer> windows = new ArrayList<>();
    model.windows().forEach(window -> windows.add(window.schedule().testValue()));
    return Sketch.of(model, windows);
  }

  private static Architecture architecture(String type, String text) {
    var diagnostics = new Diagnostics();
    var compiler = new Compiler(new FileModules(Path.of("")), new PartAnalyzer());
    return compiler
        .parse(new SourceFile(type + ".swax", text), diagnostics)
        .flatMap(syntax -> compiler.analyze(syntax, Options.none(), diagnostics))
        .flatMap((Analysis analysis) -> analysis.findModel(NAME))
        .orElseThrow(() ->
            new UserError(
                "swax cannot say this model:\n" + DiagnosticRenderer.render(diagnostics.inOrder()),
                null));
  }
}
