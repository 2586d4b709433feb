package dev.swax.grid.report;

import dev.swax.grid.result.GridResult;
import dev.swax.runtime.file.NewFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

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
    NewFile.write(folder.resolve("report.html"), HtmlReport.of(report));
    NewFile.write(folder.resolve("report.md"), MarkdownReport.of(report));
    NewFile.write(folder.resolve("report.csv"), CsvReport.of(report.result()));
    NewFile.write(folder.resolve("report.tex"), LatexReport.of(report));
    writeFigures(folder.resolve(FIGURES));
  }

  private void writeFigures(Path folder) throws IOException {
    Set<Path> written = new HashSet<>();
    for (Report.Drawing drawing : report.drawings()) {
      Path file = folder.resolve(drawing.file());
      Files.createDirectories(folder);
      NewFile.write(file, drawing.svg());
      written.add(file);
    }
    removeOthers(folder, written);
  }

  private static void removeOthers(Path folder, Set<Path> written) throws IOException {
    try (var files = Files.newDirectoryStream(folder, "*.svg")) {
      for (Path file : files) {
        if (!written.contains(file)) {
          Files.delete(file);
        }
      }
    } catch (NoSuchFileException e) {
      return; // it never had any
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
