package dev.swax.grid.report;

import dev.swax.grid.result.GridResult;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.file.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a grid's result in every format. */
public final class Reports {
  private static final String FIGURES = "figures";
  private static final String MARKDOWN = "report.md";
  private static final Pattern SHOWN = Pattern.compile("\\(" + FIGURES + "/([^()/]+\\.svg)\\)");

  private final Report report;

  public Reports(GridResult result) {
    this.report = new Report(result, TableBuilder.of(result), Drawings.of(result));
  }

  /**
   * Writes {@code report.html}, {@code report.md}, {@code report.csv}, {@code report.tex} and a
   * file for each figure in {@code figures/}. Files of these names are replaced, and figures that
   * the report before has shown and this one does not are removed.
   */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Set<String> before = figures(folder.resolve(MARKDOWN));
    NewFile.write(folder.resolve("report.html"), HtmlReport.of(report));
    NewFile.write(folder.resolve(MARKDOWN), MarkdownReport.of(report));
    NewFile.write(folder.resolve("report.csv"), CsvReport.of(report.result()));
    NewFile.write(folder.resolve("report.tex"), LatexReport.of(report));
    writeFigures(folder.resolve(FIGURES), before);
  }

  /** The files that a report shows; none where it is not there. */
  private static Set<String> figures(Path report) throws IOException {
    try {
      return SHOWN
          .matcher(RegularFile.text(report, RegularFile.fitting()))
          .results()
          .map(match -> match.group(1))
          .collect(Collectors.toSet());
    } catch (NoSuchFileException e) {
      return Set.of();
    }
  }

  private void writeFigures(Path folder, Set<String> before) throws IOException {
    Set<String> others = new HashSet<>(before);
    for (Report.Drawing drawing : report.drawings()) {
      Files.createDirectories(folder);
      NewFile.write(folder.resolve(drawing.file()), drawing.svg());
      others.remove(drawing.file());
    }
    for (String other : others) {
      Files.deleteIfExists(folder.resolve(other));
    }
  }
}
