package dev.swax.lsp;

import dev.swax.compiler.analyze.symbol.Symbol;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.SemanticTokenTypes;
import org.eclipse.lsp4j.SymbolKind;

/** The kinds of names in the words of the protocol. */
final class Kinds {
  private Kinds() {}

  static SymbolKind ofOutline(Symbol.Kind kind) {
    return switch (kind) {
      case MODEL, CELL, FFN, NORM, BLOCK -> SymbolKind.Class;
      case DATA, TRAIN, PROFILE, GRID -> SymbolKind.Struct;
      case WINDOW, FUNCTION -> SymbolKind.Function;
      case KEY, ROW -> SymbolKind.Property;
      case LET, PARAMETER, VARIABLE, VALUE, STATE -> SymbolKind.Variable;
      case WORD -> SymbolKind.EnumMember;
      case TYPE -> SymbolKind.TypeParameter;
    };
  }

  static CompletionItemKind ofCompletion(Symbol.Kind kind) {
    return switch (kind) {
      case MODEL, CELL, FFN, NORM, BLOCK -> CompletionItemKind.Class;
      case DATA, TRAIN, PROFILE, GRID -> CompletionItemKind.Struct;
      case WINDOW, FUNCTION -> CompletionItemKind.Function;
      case KEY, ROW -> CompletionItemKind.Property;
      case LET, PARAMETER, VARIABLE, VALUE, STATE -> CompletionItemKind.Variable;
      case WORD -> CompletionItemKind.EnumMember;
      case TYPE -> CompletionItemKind.TypeParameter;
    };
  }

  static String ofColour(Symbol.Kind kind) {
    return switch (kind) {
      case MODEL, CELL, FFN, NORM, BLOCK -> SemanticTokenTypes.Class;
      case DATA, TRAIN, PROFILE, GRID -> SemanticTokenTypes.Struct;
      case WINDOW, FUNCTION -> SemanticTokenTypes.Function;
      case KEY, ROW -> SemanticTokenTypes.Property;
      case PARAMETER -> SemanticTokenTypes.Parameter;
      case LET, VARIABLE, VALUE, STATE -> SemanticTokenTypes.Variable;
      case WORD -> SemanticTokenTypes.EnumMember;
      case TYPE -> SemanticTokenTypes.Type;
    };
  }
}
