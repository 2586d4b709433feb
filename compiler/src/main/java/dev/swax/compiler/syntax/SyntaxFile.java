package dev.swax.compiler.syntax;

import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One parsed `.swax` file, in source order. */
public record SyntaxFile(
    SourceFile source,
    @Nullable Edition edition,
    List<Import> imports,
    List<Declaration> declarations,
    List<Comment> comments) {
  public SyntaxFile {
    imports = List.copyOf(imports);
    declarations = List.copyOf(declarations);
    comments = List.copyOf(comments);
  }

  /** {@code edition 1}. */
  public record Edition(Span span, int number) {}

  /** {@code import "std/cells"} or {@code import "relative/file.swax"}. */
  public record Import(Span span, Expression.Text path) {}

  /**
   * A comment with its slashes, for the formatter. {@code trailing}: code stands before it on its
   * line.
   */
  public record Comment(Span span, boolean trailing) {}
}
