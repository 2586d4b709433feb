package dev.swax.compiler.analyze.module;

import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.SyntaxFile;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the files that imports name. */
public interface ModuleLoader {
  /**
   * The file that {@code path} means inside {@code importer}, parsed; empty if there is none. What
   * is wrong inside it is reported. The same file always has the same {@link SourceFile#name}.
   */
  Optional<SyntaxFile> load(String path, SourceFile importer, Diagnostics diagnostics);

  /** Where a file is read that a tokenizer is made of: a copy of it, or the file itself. */
  default Path kept(Path file) {
    return file;
  }

  /** Whether a declaration of the first file is worked out although no other asks for it. */
  default boolean wants(Declaration declaration) {
    return true;
  }
}
