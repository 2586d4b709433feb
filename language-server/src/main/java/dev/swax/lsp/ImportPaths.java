package dev.swax.lsp;

import dev.swax.compiler.analyze.module.FileModules;
import dev.swax.compiler.analyze.module.Modules;
import dev.swax.compiler.parse.Word;
import dev.swax.compiler.source.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** What an import may name: the library, and the files beside the importer. */
final class ImportPaths {
  private static final String SUFFIX = ".swax";

  /** Of a folder with more files the rest is left out. */
  private static final int MOST = 500;

  private ImportPaths() {}

  /** {@code text}: the word that the place is in. */
  static List<CompletionItem> at(Study study, Word text, int offset) {
    Span span = text.span();
    boolean imports =
        text.kind() == Word.Kind.TEXT
            && study.syntax().imports().stream()
                .anyMatch(one -> one.path().span().start() == span.start());
    if (!imports) {
      return List.of();
    }
    int end = span.text().length() > 1 && span.text().endsWith("\"") ? span.end() - 1 : span.end();
    Span inner = new Span(span.file(), span.start() + 1, Math.max(span.start() + 1, end));
    String typed = span.file().text().substring(inner.start(), Math.max(inner.start(), offset));
    return Stream.concat(Modules.STANDARD.stream(), beside(study.file().name(), typed))
        .map(path -> item(path, inner))
        .toList();
  }

  private static CompletionItem item(String path, Span inner) {
    var item = new CompletionItem(path);
    item.setKind(path.endsWith("/") ? CompletionItemKind.Folder : CompletionItemKind.File);
    item.setTextEdit(Either.forLeft(new TextEdit(Positions.range(inner), path)));
    return item;
  }

  private static Stream<String> beside(String importer, String typed) {
    if (FileModules.isStandard(importer)) {
      return Stream.empty();
    }
    String folder = typed.substring(0, typed.lastIndexOf('/') + 1);
    try {
      Path self = Path.of(importer);
      Path place = self.resolveSibling(folder);
      try (Stream<Path> files = Files.list(place)) {
        return files
            .filter(path -> !path.equals(self))
            .map(path -> folder + path.getFileName() + (Files.isDirectory(path) ? "/" : ""))
            .filter(path -> path.endsWith("/") || path.endsWith(SUFFIX))
            .filter(path -> !path.startsWith(folder + "."))
            .sorted()
            .limit(MOST)
            .toList()
            .stream();
      }
    } catch (IOException | InvalidPathException noFolder) {
      return Stream.empty();
    }
  }
}
