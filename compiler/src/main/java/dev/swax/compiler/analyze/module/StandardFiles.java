package dev.swax.compiler.analyze.module;

import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.SourceReader;
import dev.swax.compiler.syntax.SyntaxFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Files of the standard library, each parsed once in a process. */
final class StandardFiles {
  private static final Map<String, Parsed> PARSED = new ConcurrentHashMap<>();

  private record Parsed(SyntaxFile syntax, List<Diagnostic> faults) {}

  private StandardFiles() {}

  /** The file of that name, {@code std/cells.swax}; empty if there is none. */
  static Optional<SyntaxFile> load(String name, Diagnostics diagnostics) {
    Parsed parsed = PARSED.computeIfAbsent(name, StandardFiles::parse);
    if (parsed == null) {
      return Optional.empty();
    }
    parsed.faults.forEach(diagnostics::report);
    return Optional.of(parsed.syntax);
  }

  private static @Nullable Parsed parse(String name) {
    try (InputStream stream = StandardFiles.class.getResourceAsStream("/swax/" + name)) {
      if (stream == null) {
        return null;
      }
      return switch (SourceReader.decode(stream.readAllBytes(), name)) {
        case SourceReader.Read(SourceFile file) -> {
          var faults = new Diagnostics();
          yield new Parsed(Parser.parse(file, faults), faults.all());
        }
        case SourceReader.Refused(String message, String _) ->
            throw new IllegalStateException(name + ": " + message);
      };
    } catch (IOException e) {
      throw new UncheckedIOException("the standard library cannot be read", e);
    }
  }
}
