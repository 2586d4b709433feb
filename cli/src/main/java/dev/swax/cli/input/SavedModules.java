package dev.swax.cli.input;

import dev.swax.compiler.analyze.module.FileModules;
import dev.swax.compiler.analyze.module.ModuleLoader;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.SyntaxFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Imports as they were when they were saved. */
public final class SavedModules implements ModuleLoader {
  private final SequencedMap<String, SourceFile> files = new LinkedHashMap<>();
  private final Map<Path, Path> copies;
  private final @Nullable String train;

  /** {@code saved}: every file, with the name that {@link FileModules} would give it. */
  public SavedModules(List<SourceFile> saved) {
    this(saved, Map.of(), null);
  }

  /**
   * The same for a run.
   *
   * @param copies of files that tokenizers are made of, by where these are or were
   * @param train the train block that the run follows, so that data and other train blocks, whose
   *     files may be gone, need not be looked at; null to look at all
   */
  public SavedModules(List<SourceFile> saved, Map<Path, Path> copies, @Nullable String train) {
    saved.forEach(file -> files.put(file.name(), file));
    this.copies = Map.copyOf(copies);
    this.train = train;
  }

  @Override
  public boolean wants(Declaration declaration) {
    return train == null
        || switch (declaration) {
          case Declaration.Data _, Declaration.Grid _ -> false;
          case Declaration.Train other -> other.name().text().equals(train);
          default -> true;
        };
  }

  @Override
  public Path kept(Path file) {
    return copies.getOrDefault(file.toAbsolutePath().normalize(), file);
  }

  @Override
  public Optional<SyntaxFile> load(String path, SourceFile importer, Diagnostics diagnostics) {
    return Optional.ofNullable(files.get(FileModules.name(path, importer)))
        .map(file -> Parser.parse(file, diagnostics));
  }

  /** What a file imports, directly and through others, each once. */
  static List<SourceFile> of(SyntaxFile file, ModuleLoader loader) {
    SequencedMap<String, SourceFile> found = new LinkedHashMap<>();
    List<SyntaxFile> left = new ArrayList<>(List.of(file));
    while (!left.isEmpty()) {
      SyntaxFile importer = left.removeFirst();
      for (SyntaxFile.Import imported : importer.imports()) {
        loader
            .load(imported.path().value(), importer.source(), new Diagnostics())
            .filter(next -> found.putIfAbsent(next.source().name(), next.source()) == null)
            .ifPresent(left::add);
      }
    }
    return List.copyOf(found.sequencedValues());
  }
}
