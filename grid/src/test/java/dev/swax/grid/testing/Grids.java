package dev.swax.grid.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.Compiler;
import dev.swax.compiler.analyze.data.Options;
import dev.swax.compiler.analyze.module.FileModules;
import dev.swax.compiler.analyze.part.PartAnalyzer;
import dev.swax.compiler.diagnostic.DiagnosticRenderer;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.compiler.source.SourceFile;
import dev.swax.grid.plan.Contents;
import dev.swax.grid.plan.GridCells;
import dev.swax.grid.plan.Planner;
import java.nio.file.Path;

/** Grids from text. */
public final class Grids {
  /** A model and a recipe for it, trained on a task, so that no file is needed. */
  public static final String MODEL =
      """
      edition 1
      model lm(window: Window = 8) {
        width = 16
        vocab = 64
        ffn = none
        layers = 2 * [swa(window: window, heads: 2)]
      }
      data pairs { task = mqar(length: 32, pairs: 2, vocab: 64) }
      train main {
        data = pairs
        seq = 32 tok
        batch = 64 tok
        budget = 10 step
        lr = constant(rate: 1e-2)
        keep = 2
      }
      """;

  private Grids() {}

  /** The only grid of a file of that name. */
  public static GridPlan plan(Path file, String text) {
    var diagnostics = new Diagnostics();
    var compiler = new Compiler(new FileModules(Path.of("")), new PartAnalyzer());
    var analysis =
        compiler
            .parse(new SourceFile(file.toString(), text), diagnostics)
            .flatMap(syntax -> compiler.analyze(syntax, Options.none(), diagnostics));
    assertThat(DiagnosticRenderer.render(diagnostics.all())).isEmpty();
    return analysis.orElseThrow().grids().getFirst();
  }

  /** The grid with these lines in its braces, behind {@link #MODEL}. */
  public static GridCells cells(String lines) {
    return cells(MODEL, lines);
  }

  public static GridCells cells(String before, String lines) {
    return cells(Path.of("g.swax"), before, lines);
  }

  /** As if it stood in that file. */
  public static GridCells cells(Path file, String before, String lines) {
    String text = before + "grid g {\n" + lines + "}\n";
    return Planner.plan(plan(file, text), new Contents());
  }
}
