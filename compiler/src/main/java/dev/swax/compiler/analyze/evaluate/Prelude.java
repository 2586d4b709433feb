package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.diagnostic.DiagnosticRenderer;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.SyntaxFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code std/parts}: the parts of models that every file knows without an import. */
public final class Prelude {
  private static final String FILE = "std/parts.swax";
  private static final SyntaxFile PARTS = read();
  private static final Module MODULE = new Module(PARTS);

  private Prelude() {}

  /** Its declarations, in order. */
  public static List<Declaration.Part> declarations() {
    return PARTS.declarations().stream().map(Declaration.Part.class::cast).toList();
  }

  static List<String> names() {
    return declarations().stream().map(part -> part.name().text()).toList();
  }

  /** What a name stands for, or null if no part is called that. */
  static @Nullable Binding find(String name) {
    return names().contains(name) ? (_, use) -> part(name, use) : null;
  }

  /** The file itself. */
  public static Module module() {
    return MODULE;
  }

  /** A part without arguments, as if it stood there. */
  public static Value.Part part(String name, Span use) {
    Declaration.Part declaration =
        declarations().stream()
            .filter(part -> part.name().text().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(FILE + " has no " + name));
    return new Value.Part(declaration, MODULE, name, use, new LinkedHashMap<>());
  }

  private static SyntaxFile read() {
    try (InputStream stream = Prelude.class.getResourceAsStream("/swax/" + FILE)) {
      if (stream == null) {
        throw new IllegalStateException(FILE + " is not on the class path");
      }
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      var diagnostics = new Diagnostics();
      SyntaxFile file = Parser.parse(new SourceFile(FILE, text), diagnostics);
      if (!diagnostics.all().isEmpty()) {
        throw new IllegalStateException(DiagnosticRenderer.render(diagnostics.all()));
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("the standard library cannot be read", e);
    }
  }
}
