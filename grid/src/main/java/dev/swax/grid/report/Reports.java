package dev.swax.grid.report;

import dev.swax.grid.result.GridResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a grid's result in every format. */
public final class Reports {
  private static final String FIGURES = "figures";

  private final Report report;

  public Reports(GridResult result) {
    this.report = new Report(result, TableBuilder.of(result), Drawings.of(result));
  }

  /**
   * Writes {@code report.html}, {@code report.md}, {@code report.csv}, {@code report.tex} and a
   * file for each figure in {@code figures/}. Files of these names are replaced, and figures that
   * the grid no longer asks for are removed.
   */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    write(folder.resolve("report.html"), HtmlReport.of(report));
    write(folder.resolve("report.md"), MarkdownReport.of(report));
    write(folder.resolve("report.csv"), CsvReport.of(report.result()));
    write(folder.resolve("report.tex"), LatexReport.of(report));
    writeFigures(folder.resolve(FIGURES));
  }

  private void writeFigures(Path folder) throws IOException {
    removeDrawings(folder);
    if (report.drawings().isEmpty()) {
      return;
    }
    Files.createDirectories(folder);
    for (Report.Drawing drawing : report.drawings()) {
      write(folder.resolve(drawing.file()), drawing.svg());
    }
  }

  private static void removeDrawings(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var files = Files.newDirectoryStream(folder, "*.svg")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
