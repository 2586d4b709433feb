package dev.swax.compiler.analyze;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** A file that declares no grid stands for those that its imports declare, in their order. */
final class GatheredGrids {
  private final Module root;

  GatheredGrids(Module root) {
    this.root = root;
  }

  /** Each grid with the file that declares it; none where the file has its own. */
  SequencedMap<Declaration.Grid, Module> all() {
    SequencedMap<Declaration.Grid, Module> all = new LinkedHashMap<>();
    if (grids(root).findAny().isEmpty()) {
      root.imports().forEach(file -> grids(file).forEach(grid -> all.put(grid, file)));
    }
    return all;
  }

  /** Reports grids of one name: their names are those of folders. */
  void requireDistinct(Evaluator evaluator) {
    SequencedMap<String, Module> names = new LinkedHashMap<>();
    all()
        .forEach((grid, file) -> {
          String name = grid.name().text();
          Module first = names.putIfAbsent(name, file);
          if (first != null && !first.equals(file)) {
            evaluator.report(
                Code.DUPLICATE_NAME,
                new Span(root.file().source(), 0, 0),
                "both %s and %s have a grid `%s`".formatted(fileName(first), fileName(file), name),
                "give one of them another name");
          }
        });
  }

  private static String fileName(Module module) {
    return String.valueOf(Path.of(module.file().source().name()).getFileName());
  }

  private static Stream<Declaration.Grid> grids(Module file) {
    return file.file().declarations().stream()
        .filter(Declaration.Grid.class::isInstance)
        .map(Declaration.Grid.class::cast);
  }
}
