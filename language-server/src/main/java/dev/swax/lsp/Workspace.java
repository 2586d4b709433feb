package dev.swax.lsp;

import dev.swax.compiler.analyze.module.FileModules;
import dev.swax.compiler.analyze.module.ModuleLoader;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.SourceReader;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.SyntaxFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The texts that are known: those of the editor first, then files. A file is called by its absolute
 * path, one of the library as imports call it.
 */
final class Workspace implements ModuleLoader {
  private final Library library;
  private final Map<String, Parsed> open = new LinkedHashMap<>();
  private final Map<String, String> uris = new LinkedHashMap<>();
  private final Map<String, OnDisk> read = new LinkedHashMap<>();

  /** A file as it was when it was read. */
  private record OnDisk(long modified, long size, Parsed parsed) {}

  Workspace(Library library) {
    this.library = library;
  }

  /** What a text of the editor is called. */
  String name(String uri) {
    Path path = path(uri);
    return path == null
        ? uri
        : library.name(path).orElseGet(() -> path.normalize().toString().replace('\\', '/'));
  }

  private static @Nullable Path path(String uri) {
    try {
      URI parsed = URI.create(uri);
      return "file".equalsIgnoreCase(parsed.getScheme()) ? Path.of(parsed) : null;
    } catch (IllegalArgumentException | FileSystemNotFoundException noFile) {
      return null;
    }
  }

  /** How the editor calls a file; empty where it has no place that an editor can open. */
  Optional<String> uri(String name) {
    String known = uris.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Path> path =
        FileModules.isStandard(name) ? library.copy(name) : Optional.of(Path.of(name));
    return path.map(found -> found.toUri().toString());
  }

  /** The editor has this text now. */
  void put(String uri, String text) {
    String name = name(uri);
    uris.put(name, uri);
    open.put(name, Parsed.of(new SourceFile(name, text)));
  }

  /** The editor has a text no longer; what is on the disk holds again. */
  void close(String uri) {
    String name = name(uri);
    open.remove(name);
    uris.remove(name);
  }

  /** The same with other texts, as if the editor had them. */
  Workspace with(Map<String, String> texts) {
    var other = new Workspace(library);
    other.open.putAll(open);
    other.read.putAll(read);
    texts.forEach((name, text) -> other.open.put(name, Parsed.of(new SourceFile(name, text))));
    return other;
  }

  /** The names of the texts that the editor has. */
  Set<String> openNames() {
    return new TreeSet<>(open.keySet());
  }

  /** The text of a file as it is now, or empty if there is none. */
  Optional<Parsed> find(String name) {
    Parsed text = open.get(name);
    return text != null ? Optional.of(text) : onDisk(name);
  }

  @Override
  public Optional<SyntaxFile> load(String path, SourceFile importer, Diagnostics diagnostics) {
    Optional<Parsed> found = findImport(path, importer);
    found.ifPresent(parsed -> parsed.faults().forEach(diagnostics::report));
    return found.map(Parsed::syntax);
  }

  /** The file that an import means. */
  Optional<Parsed> findImport(String path, SourceFile importer) {
    try {
      return find(FileModules.name(path, importer));
    } catch (InvalidPathException noPath) {
      return Optional.empty();
    }
  }

  private Optional<Parsed> onDisk(String name) {
    if (FileModules.isStandard(name)) {
      return Optional.ofNullable(read.get(name)).map(OnDisk::parsed).or(() -> standard(name));
    }
    Path path = Path.of(name);
    try {
      if (!Files.exists(path)) {
        read.remove(name);
        return Optional.empty();
      }
      long modified = Files.getLastModifiedTime(path).toMillis();
      long size = Files.size(path);
      OnDisk known = read.get(name);
      if (known == null || known.modified != modified || known.size != size) {
        known = new OnDisk(modified, size, parsed(path, name));
        read.put(name, known);
      }
      return Optional.of(known.parsed);
    } catch (IOException vanished) {
      read.remove(name);
      return Optional.empty();
    }
  }

  private static Parsed parsed(Path path, String name) {
    return switch (SourceReader.read(path, name)) {
      case SourceReader.Read(SourceFile file) -> Parsed.of(file);
      case SourceReader.Refused(String message, String help) -> {
        Span start = new Span(new SourceFile(name, ""), 0, 0);
        yield Parsed.unreadable(
            name, new Diagnostic(Code.UNREADABLE_TEXT, start, message, List.of(), help));
      }
    };
  }

  /** A file of the library, which never changes. */
  private Optional<Parsed> standard(String name) {
    var faults = new Diagnostics();
    Optional<Parsed> parsed =
        new FileModules()
            .load(name, new SourceFile("", ""), faults)
            .map(syntax -> new Parsed(syntax.source(), syntax, faults.all()));
    parsed.ifPresent(file -> read.put(name, new OnDisk(0, 0, file)));
    return parsed;
  }
}
