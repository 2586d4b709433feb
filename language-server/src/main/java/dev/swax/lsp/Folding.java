package dev.swax.lsp;

import dev.swax.compiler.parse.Word;
import dev.swax.compiler.parse.Words;
import dev.swax.compiler.source.SourceFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeKind;
import org.jspecify.annotations.Nullable;

/** What can be folded: brackets over several lines, and comments of several lines. */
final class Folding {
  private final List<FoldingRange> found = new ArrayList<>();
  private final Deque<Word> open = new ArrayDeque<>();
  private @Nullable Word firstComment;
  private int lastCommentLine;

  private Folding() {}

  static List<FoldingRange> of(SourceFile file) {
    var folding = new Folding();
    for (Word word : Words.of(file)) {
      folding.add(word);
    }
    folding.endComment();
    return folding.found;
  }

  private void add(Word word) {
    switch (word.kind()) {
      case COMMENT, DOCUMENTATION -> comment(word);
      case BRACKET -> bracket(word);
      default -> {}
    }
  }

  private void bracket(Word word) {
    if ("([{".contains(word.span().text())) {
      open.push(word);
    } else if (!open.isEmpty()) {
      int first = open.pop().span().line();
      int last = word.span().line() - 1; // the closing bracket stays visible
      if (last > first) {
        found.add(new FoldingRange(first - 1, last - 1));
      }
    }
  }

  private void comment(Word word) {
    int line = word.span().line();
    if (firstComment == null || line > lastCommentLine + 1) {
      endComment();
      firstComment = word;
    }
    lastCommentLine = line;
  }

  private void endComment() {
    if (firstComment != null && lastCommentLine > firstComment.span().line()) {
      var range = new FoldingRange(firstComment.span().line() - 1, lastCommentLine - 1);
      range.setKind(FoldingRangeKind.Comment);
      found.add(range);
    }
    firstComment = null;
  }
}
