package dev.swax.cli.verify;

import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.SyntaxFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The declarations that one of a file is made of: those whose names stand in it, and so on. */
final class MadeOf {
  private static final Pattern WORD = Pattern.compile("[\\p{L}_]\\w*");

  private final Set<Span> reached = new LinkedHashSet<>();

  /**
   * @param files the file and what it imports
   * @param text with the names to begin with
   */
  MadeOf(List<SyntaxFile> files, String text) {
    List<String> left = new ArrayList<>(List.of(text));
    while (!left.isEmpty()) {
      Set<String> words = new LinkedHashSet<>();
      WORD.matcher(left.removeFirst()).results().forEach(word -> words.add(word.group()));
      files.stream()
          .flatMap(file -> file.declarations().stream())
          .filter(declaration -> words.contains(declaration.name().text()))
          .map(Declaration::span)
          .filter(reached::add)
          .forEach(span -> left.add(span.text()));
    }
  }

  /** Whether one of them reaches over that place. */
  boolean contains(SourceFile file, int place) {
    return reached.stream()
        .anyMatch(span ->
            span.file().name().equals(file.name()) && span.start() <= place && place < span.end());
  }

  /** The file with blanks in place of every other declaration. */
  SourceFile alone(SyntaxFile file) {
    return blank(
        file, file.declarations().stream().filter(d -> !reached.contains(d.span())).toList());
  }

  /** The file with blanks in place of what it states about its models: small ones are others. */
  static SourceFile withoutExpectations(SyntaxFile file) {
    return blank(
        file, file.declarations().stream().filter(Declaration.Expect.class::isInstance).toList());
  }

  private static SourceFile blank(SyntaxFile file, List<Declaration> declarations) {
    var text = new StringBuilder(file.source().text());
    for (Declaration declaration : declarations) {
      for (int i = declaration.span().start(); i < declaration.span().end(); i++) {
        if (text.charAt(i) != '\n') {
          text.setCharAt(i, ' ');
        }
      }
    }
    return new SourceFile(file.source().name(), text.toString());
  }
}
