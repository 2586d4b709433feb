package dev.swax.compiler.analyze.module;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.SourceReader;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.SyntaxFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Imports of {@code std/…} from the standard library on the class path, all others from files
 * beside the importer. A file may leave out {@code .swax}.
 */
public final class FileModules implements ModuleLoader {
  private static final String STANDARD = "std/";
  private static final String SUFFIX = ".swax";

  private final Path base;

  /** Names of files are relative to the working directory. */
  public FileModules() {
    this(Path.of(""));
  }

  /** Names of files are relative to {@code base}. */
  public FileModules(Path base) {
    this.base = base;
  }

  /** Parses the files of the library, so that who imports them need not wait. */
  public static void prepare() {
    Modules.STANDARD.forEach(name -> StandardFiles.load(name + SUFFIX, new Diagnostics()));
  }

  @Override
  public Optional<SyntaxFile> load(String path, SourceFile importer, Diagnostics diagnostics) {
    String file = path.endsWith(SUFFIX) ? path : path + SUFFIX;
    if (isStandard(path)) {
      return StandardFiles.load(file, diagnostics);
    }
    return switch (beside(importer, file)) {
      case null -> Optional.empty();
      case SourceReader.Read(SourceFile read) -> Optional.of(Parser.parse(read, diagnostics));
      case SourceReader.Refused(String message, String help) -> {
        SourceFile empty = new SourceFile(file, "");
        diagnostics.report(Code.UNREADABLE_TEXT, new Span(empty, 0, 0), message, help);
        yield Optional.of(Parser.parse(empty, diagnostics));
      }
    };
  }

  /** The name of the file that {@code path} means inside {@code importer}. */
  public static String name(String path, SourceFile importer) {
    String file = path.endsWith(SUFFIX) ? path : path + SUFFIX;
    String folder = importer.name().substring(0, importer.name().lastIndexOf('/') + 1);
    return isStandard(path)
        ? file
        : Path.of(folder + file).normalize().toString().replace('\\', '/');
  }

  /** Whether it is a file of the standard library. */
  public static boolean isStandard(String path) {
    return path.startsWith(STANDARD);
  }

  /** A file in the importer's folder, called as the importer is: {@code examples/windows.swax}. */
  private SourceReader.@Nullable Result beside(SourceFile importer, String file) {
    try {
      String name = name(file, importer);
      Path path = base.resolve(name);
      return Files.exists(path) ? SourceReader.read(path, name) : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
