package dev.swax.lsp;

import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.analyze.module.Modules;
import dev.swax.compiler.analyze.symbol.Site;
import dev.swax.compiler.analyze.symbol.Symbols;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.parse.Word;
import dev.swax.compiler.parse.Words;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.Position;
import org.jspecify.annotations.Nullable;

/**
 * What can be written at a place. The compiler reads the file with a name put there, as a value and
 * as a key, and says what it would accept of a name; so faults elsewhere do not matter.
 */
final class Completions {
  /** Nobody calls something so. */
  private static final String NAME = "swax_completion";

  /** What makes an item of the name: a value, a key. */
  private static final List<String> READINGS = List.of("", " = 0");

  private final Workspace workspace;

  Completions(Workspace workspace) {
    this.workspace = workspace;
  }

  List<CompletionItem> at(Study study, Position position) {
    SourceFile file = study.file();
    int offset = Positions.offset(file, position);
    Word before = before(file, offset);
    if (before != null && isClosedTo(before, offset)) {
      return ImportPaths.at(study, before, offset);
    }
    Span word = word(file, offset);
    var items = new CompletionItems(word);
    if (before != null && before.kind() == Word.Kind.NUMBER) {
      items.units(offset == before.span().end());
    }
    if (before == null || before.kind() != Word.Kind.NUMBER || before.span().end() < offset) {
      names(file, word, items);
    }
    return items.all();
  }

  private void names(SourceFile file, Span word, CompletionItems items) {
    for (String reading : READINGS) {
      Module module = reading(file, word, reading);
      Optional<Site> site = Symbols.site(module, word.start());
      if (site.isPresent()) {
        items.site(site.get(), module);
        return;
      }
    }
    boolean top =
        reading(file, word, "").file().declarations().stream()
            .noneMatch(d -> d.span().start() < word.start() && word.start() < d.span().end());
    items.words(top ? Words.ofFiles() : Words.reserved());
  }

  /** The file with a name in place of the word. */
  Module reading(SourceFile file, Span word, String reading) {
    String text =
        file.text().substring(0, word.start()) + NAME + reading + file.text().substring(word.end());
    var silent = new Diagnostics();
    return new Modules(workspace, silent)
        .load(Parser.draft(new SourceFile(file.name(), text), silent));
  }

  /** The last word that begins before a place, or null. */
  private static @Nullable Word before(SourceFile file, int offset) {
    Word found = null;
    for (Word word : Words.of(file)) {
      if (word.span().start() >= offset) {
        break;
      }
      found = word;
    }
    return found;
  }

  /** Whether a place is inside a text or a comment. */
  private static boolean isClosedTo(Word word, int offset) {
    Span span = word.span();
    return switch (word.kind()) {
      case COMMENT, DOCUMENTATION -> offset <= span.end();
      case TEXT -> offset < span.end() || !span.text().endsWith("\"") || span.text().length() == 1;
      default -> false;
    };
  }

  private static Span word(SourceFile file, int offset) {
    int start = offset;
    while (start > 0 && isLetter(file.text().charAt(start - 1))) {
      start--;
    }
    int end = offset;
    while (end < file.text().length() && isLetter(file.text().charAt(end))) {
      end++;
    }
    return new Span(file, start, end);
  }

  private static boolean isLetter(char letter) {
    return letter == '_'
        || (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= '0' && letter <= '9');
  }
}
