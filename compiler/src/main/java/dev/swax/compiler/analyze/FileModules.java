package dev.swax.compiler.analyze;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.SyntaxFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Imports of {@code std/…} from the standard library on the class path, all others from files
 * beside the importer.
 */
public final class FileModules implements ModuleLoader {
  private static final String STANDARD = "std/";
  private static final String SUFFIX = ".swax";

  @Override
  public Optional<SyntaxFile> load(String path, SourceFile importer, Diagnostics diagnostics) {
    String file = path.endsWith(SUFFIX) ? path : path + SUFFIX;
    boolean standard = path.startsWith(STANDARD);
    try {
      String name = standard ? file : beside(importer, file);
      byte[] bytes = standard ? resource(file) : Files.readAllBytes(Path.of(name));
      return Optional.of(parse(name, bytes, importer, diagnostics));
    } catch (IOException | InvalidPathException missing) {
      return Optional.empty();
    }
  }

  private static SyntaxFile parse(
      String name, byte[] bytes, SourceFile importer, Diagnostics diagnostics) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Parser.parse(new SourceFile(name, text), diagnostics);
    } catch (CharacterCodingException e) {
      diagnostics.report(
          Code.UNREADABLE_TEXT,
          new Span(importer, 0, 0),
          "`%s` is not UTF-8 text".formatted(name),
          "save it as UTF-8");
      return Parser.parse(new SourceFile(name, ""), diagnostics);
    }
  }

  private static byte[] resource(String file) throws IOException {
    try (InputStream stream = FileModules.class.getResourceAsStream("/swax/" + file)) {
      if (stream == null) {
        throw new IOException("no resource " + file);
      }
      return stream.readAllBytes();
    }
  }

  /** The path as the importer's name has it: {@code examples/paper/windows.swax}. */
  private static String beside(SourceFile importer, String file) {
    String folder = importer.name().substring(0, importer.name().lastIndexOf('/') + 1);
    return Path.of(folder + file).normalize().toString();
  }
}
