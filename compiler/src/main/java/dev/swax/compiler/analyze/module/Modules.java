package dev.swax.compiler.analyze.module;

import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.syntax.SyntaxFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Loads the imports of a file, and those of its imports. */
public final class Modules {
  /** The files of the library, as imports name them. */
  public static final List<String> STANDARD =
      List.of("std/cells", "std/models", "std/tasks", "std/windows");

  private static final int DEEPEST = 100;

  private final ModuleLoader loader;
  private final Diagnostics diagnostics;
  private final SequencedMap<String, Module> loaded = new LinkedHashMap<>();
  private final List<String> loading = new ArrayList<>();
  private boolean complete = true;

  public Modules(ModuleLoader loader, Diagnostics diagnostics) {
    this.loader = loader;
    this.diagnostics = diagnostics;
  }

  /** Whether every import was found and read without an error; otherwise names are missing. */
  public boolean isComplete() {
    return complete;
  }

  /** The file with its imports in place. */
  public Module load(SyntaxFile file) {
    String name = file.source().name();
    Module module = new Module(file);
    loaded.put(name, module);
    loading.add(name);
    for (SyntaxFile.Import imported : file.imports()) {
      load(imported, file).ifPresent(module::addImport);
    }
    loading.removeLast();
    return module;
  }

  /** Every file that was loaded, imports before the files that import them. */
  public List<Module> all() {
    return List.copyOf(loaded.values());
  }

  private Optional<Module> load(SyntaxFile.Import imported, SyntaxFile importer) {
    String path = imported.path().value();
    Diagnostics reading = new Diagnostics();
    Optional<SyntaxFile> found = loader.load(path, importer.source(), reading);
    reading.all().forEach(diagnostics::report);
    complete &= found.isPresent() && !reading.hasErrors();
    if (found.isEmpty()) {
      diagnostics.report(
          Code.IMPORT_NOT_FOUND,
          imported.path().span(),
          "there is no file `%s` to import".formatted(path),
          help(path));
      return Optional.empty();
    }
    String name = found.get().source().name();
    int start = loading.indexOf(name);
    if (start >= 0) {
      List<String> cycle = new ArrayList<>(loading.subList(start, loading.size()));
      cycle.add(name);
      complete = false;
      diagnostics.report(
          Code.CYCLIC_IMPORT,
          imported.path().span(),
          "this file imports itself: " + String.join(" -> ", cycle),
          null);
      return Optional.empty();
    }
    if (loading.size() >= DEEPEST) {
      complete = false;
      diagnostics.report(
          Code.TOO_LARGE,
          imported.path().span(),
          "more than %d files import each other in a row".formatted(DEEPEST),
          null);
      return Optional.empty();
    }
    Module known = loaded.get(name);
    return Optional.of(known != null ? known : load(found.get()));
  }

  private static String help(String path) {
    return DidYouMean.nearest(path, STANDARD)
        .map("did you mean `%s`?"::formatted)
        .orElse(
            path.startsWith("std/")
                ? "one of `" + String.join("`, `", STANDARD) + "`"
                : "a path starts at the folder of this file: `import \"models.swax\"`");
  }
}
