package dev.swax.cli.command;

import dev.swax.cli.input.Input;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.analyze.module.FileModules;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.model.grid.GridMeasure;
import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.grid.plan.Planner;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Stream;

/**
 * What a file has read beyond its own folder and those below. Nothing keeps it from that, so who
 * has it from somebody else is told.
 */
final class OutsideFiles {
  private OutsideFiles() {}

  /** Paths and patterns as they are written, each once; imports by their path from the file. */
  static List<String> of(Input input, Analysis analysis) {
    SequencedSet<String> outside = new LinkedHashSet<>();
    Path folder = Path.of(input.file().name()).toAbsolutePath().normalize().resolveSibling(".");
    input.imports().stream()
        .filter(imported -> !FileModules.isStandard(imported.name()))
        .map(imported -> from(folder, Path.of(imported.name())))
        .filter(OutsideFiles::leaves)
        .forEach(outside::add);
    Stream.concat(named(analysis), tokenizers(analysis).map(path -> from(folder, path)))
        .filter(OutsideFiles::leaves)
        .forEach(outside::add);
    return List.copyOf(outside);
  }

  private static String from(Path folder, Path path) {
    Path whole = path.toAbsolutePath().normalize();
    return folder.normalize().relativize(whole).toString().replace('\\', '/');
  }

  private static Stream<Path> tokenizers(Analysis analysis) {
    return analysis.data().stream().flatMap(data -> data.tokenizer().files().stream());
  }

  private static Stream<String> named(Analysis analysis) {
    return Stream.concat(
        analysis.data().stream().flatMap(OutsideFiles::named),
        analysis.grids().stream().flatMap(OutsideFiles::named));
  }

  private static Stream<String> named(DataPlan data) {
    return switch (data) {
      case DataPlan.Text text ->
          Stream.concat(text.source().files().stream(), text.source().validation().stream());
      case DataPlan.Examples examples ->
          examples.examples().tasks().stream().flatMap(task -> task.files().stream());
      case DataPlan.Mixture mixture -> mixture.parts().stream().flatMap(OutsideFiles::named);
    };
  }

  private static Stream<String> named(GridPlan grid) {
    Stream<String> asked =
        Planner.measures(grid).sequencedKeySet().stream()
            .flatMap(measure ->
                switch (measure) {
                  case GridMeasure.Perplexity perplexity -> named(perplexity.data());
                  case GridMeasure.Score score -> score.task().files().stream();
                });
    return Stream.concat(Stream.ofNullable(grid.reference()).map(r -> r.file()), asked);
  }

  private static boolean leaves(String path) {
    if (path.startsWith("/") || path.startsWith("~") || path.matches("(?s)[A-Za-z]:.*")) {
      return true;
    }
    int depth = 0;
    for (String part : path.split("[/\\\\]")) {
      depth += part.equals("..") ? -1 : part.isEmpty() || part.equals(".") ? 0 : 1;
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }
}
