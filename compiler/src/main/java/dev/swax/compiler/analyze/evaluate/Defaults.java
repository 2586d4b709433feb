package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.diagnostic.DiagnosticRenderer;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.SyntaxFile;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What holds where a key is not written, read as if a user had written it. */
final class Defaults {
  private static final Map<Key, Value> READ = new ConcurrentHashMap<>();

  private Defaults() {}

  static Value value(Key key) {
    return READ.computeIfAbsent(key, Defaults::read);
  }

  private static Value read(Key key) {
    var diagnostics = new Diagnostics();
    var source = new SourceFile("default", "let value = " + key.absent());
    SyntaxFile file = Parser.parse(source, diagnostics);
    Value value = Value.UNKNOWN;
    if (file.declarations().getFirst() instanceof Declaration.Let let) {
      value =
          new Evaluator(diagnostics, (_, _, _, _) -> Value.UNKNOWN)
              .evaluate(let.value(), new Module(file), key.wanted(), "`" + key.name() + "`");
    }
    if (!diagnostics.all().isEmpty()) {
      throw new AssertionError(DiagnosticRenderer.render(diagnostics.all()));
    }
    return value;
  }
}
