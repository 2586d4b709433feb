package dev.swax.lsp;

import dev.swax.compiler.analyze.symbol.Occurrence;
import dev.swax.compiler.analyze.symbol.Symbol;
import dev.swax.compiler.parse.Word;
import dev.swax.compiler.parse.Words;
import dev.swax.compiler.source.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.SemanticTokenModifiers;
import org.eclipse.lsp4j.SemanticTokenTypes;
import org.eclipse.lsp4j.SemanticTokens;
import org.eclipse.lsp4j.SemanticTokensLegend;
import org.jspecify.annotations.Nullable;

/** The colour of every word, by what it means. */
final class Colours {
  private static final List<String> TYPES =
      List.of(
          SemanticTokenTypes.Keyword,
          SemanticTokenTypes.Number,
          SemanticTokenTypes.String,
          SemanticTokenTypes.Comment,
          SemanticTokenTypes.Operator,
          SemanticTokenTypes.Class,
          SemanticTokenTypes.Struct,
          SemanticTokenTypes.Function,
          SemanticTokenTypes.Property,
          SemanticTokenTypes.Parameter,
          SemanticTokenTypes.Variable,
          SemanticTokenTypes.EnumMember,
          SemanticTokenTypes.Type);
  private static final List<String> MODIFIERS =
      List.of(
          SemanticTokenModifiers.Declaration,
          SemanticTokenModifiers.DefaultLibrary,
          SemanticTokenModifiers.Documentation);
  private static final int DECLARATION = 1;
  private static final int LIBRARY = 2;
  private static final int DOCUMENTATION = 4;

  static final SemanticTokensLegend LEGEND = new SemanticTokensLegend(TYPES, MODIFIERS);

  private final SourceFile file;
  private final Map<Integer, Occurrence> names = new LinkedHashMap<>();
  private final List<Integer> data = new ArrayList<>();
  private int line;
  private int column;

  private Colours(Study study) {
    file = study.file();
    study.symbols().all().forEach(name -> names.put(name.span().start(), name));
  }

  static SemanticTokens of(Study study) {
    var colours = new Colours(study);
    Words.of(study.file()).forEach(colours::add);
    return new SemanticTokens(colours.data);
  }

  private void add(Word word) {
    Occurrence name = names.get(word.span().start());
    boolean nameable =
        switch (word.kind()) {
          case NAME, CONTEXTUAL, PRIMED -> true;
          default -> false;
        };
    if (name != null && nameable) {
      add(word, Kinds.ofColour(name.symbol().kind()), modifiers(name));
      return;
    }
    String type = type(word.kind());
    if (type != null) {
      add(word, type, word.kind() == Word.Kind.DOCUMENTATION ? DOCUMENTATION : 0);
    }
  }

  private static int modifiers(Occurrence name) {
    Symbol symbol = name.symbol();
    boolean library = symbol.place() == null || symbol.place().file().isOfLibrary();
    return (name.declares() ? DECLARATION : 0) | (library ? LIBRARY : 0);
  }

  private static @Nullable String type(Word.Kind kind) {
    return switch (kind) {
      case RESERVED, CONTEXTUAL -> SemanticTokenTypes.Keyword;
      case NUMBER -> SemanticTokenTypes.Number;
      case TEXT -> SemanticTokenTypes.String;
      case OPERATOR -> SemanticTokenTypes.Operator;
      case COMMENT, DOCUMENTATION -> SemanticTokenTypes.Comment;
      case NAME, PRIMED, BRACKET, SEPARATOR, FOREIGN -> null;
    };
  }

  /** Each is told by its distance from the one before. */
  private void add(Word word, String type, int modifiers) {
    int newLine = word.span().line() - 1;
    int newColumn = word.span().start() - file.startOf(newLine + 1);
    data.add(newLine - line);
    data.add(newLine == line ? newColumn - column : newColumn);
    data.add(word.span().end() - word.span().start());
    data.add(TYPES.indexOf(type));
    data.add(modifiers);
    line = newLine;
    column = newColumn;
  }
}
