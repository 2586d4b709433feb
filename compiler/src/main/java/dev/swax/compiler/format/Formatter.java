package dev.swax.compiler.format;

import static dev.swax.compiler.format.Document.text;

import dev.swax.compiler.format.ItemFormatter.Item;
import dev.swax.compiler.syntax.ExpressionPrinter;
import dev.swax.compiler.syntax.SyntaxFile;
import java.util.ArrayList;
import java.util.List;

/**
 * The one shape of a file: two blanks a step, one setting a line, 100 columns, long calls and lists
 * one element a line, at most one empty line, nothing aligned. Comments stay; formatting twice
 * changes nothing; the syntax tree stays the same.
 */
public final class Formatter {
  private Formatter() {}

  /** The text of {@code file}, which must have been parsed without an error. */
  public static String format(SyntaxFile file) {
    var formatter = new ItemFormatter(new Comments(file));
    var declarations = new DeclarationFormatter(formatter);
    List<Item> items = new ArrayList<>();
    SyntaxFile.Edition edition = file.edition();
    if (edition != null) {
      items.add(Item.of(edition.span(), () -> text("edition " + edition.number())));
    }
    for (SyntaxFile.Import imported : file.imports()) {
      String path = ExpressionPrinter.quoted(imported.path().value());
      items.add(Item.of(imported.span(), () -> text("import " + path)));
    }
    file.declarations().forEach(declaration -> items.add(declarations.item(declaration)));
    Document lines = formatter.lines(0, file.source().text().length(), items);
    return lines.equals(Document.EMPTY) ? "" : Layout.print(lines);
  }
}
