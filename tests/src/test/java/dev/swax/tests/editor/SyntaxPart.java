package dev.swax.tests.editor;

import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.GridItem;
import dev.swax.compiler.syntax.SyntaxFile;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A part of the compiler's syntax tree, by the name that the grammar for tree-sitter gives it. */
record SyntaxPart(String name, Span span) {
  private static final Package SYNTAX = SyntaxFile.class.getPackage();

  /** All that are written in a file. */
  static List<SyntaxPart> of(SyntaxFile file) throws ReflectiveOperationException {
    List<SyntaxPart> parts = new ArrayList<>();
    collect(file, parts);
    return parts;
  }

  private static void collect(Object value, List<SyntaxPart> parts)
      throws ReflectiveOperationException {
    if (value instanceof List<?> list) {
      for (Object one : list) {
        collect(one, parts);
      }
    } else if (value instanceof Declaration.Expect expect) { // its name is its first word
      parts.add(new SyntaxPart("expect", expect.span()));
      collect(expect.condition(), parts);
    } else if (value instanceof Record part && part.getClass().getPackage() == SYNTAX) {
      for (RecordComponent component : part.getClass().getRecordComponents()) {
        Object inner = component.getAccessor().invoke(part);
        if (inner instanceof Span span) {
          parts.add(new SyntaxPart(name(part), span));
        } else if (inner != null) {
          collect(inner, parts);
        }
      }
    }
  }

  private static String name(Record part) {
    return switch (part) {
      case Expression.ListLiteral _ -> "list";
      case Expression.Name name when name.primed() -> "primed";
      case GridItem.Setting _ -> "grid_setting";
      // A `///` line that documents nothing.
      case SyntaxFile.Comment comment when comment.span().text().matches("///([^/].*)?") ->
          "documentation";
      default -> part.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    };
  }

  @Override
  public String toString() {
    return "%s:%d: %s `%s`".formatted(span.file().name(), span.line(), name, span.text());
  }
}
