package dev.swax.tests.editor;

import dev.swax.compiler.analyze.module.FileModules;
import dev.swax.compiler.analyze.module.Modules;
import dev.swax.compiler.analyze.symbol.Symbols;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.parse.Word;
import dev.swax.compiler.parse.Words;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.SourceReader;
import dev.swax.compiler.syntax.SyntaxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The {@code .swax} files of the project, and what the compiler says of their words. */
final class ProjectFiles {
  static final Path ROOT = Path.of(System.getProperty("swax.root"));

  /** Files of these folders are right, so what a word is called there is known. */
  private static final List<String> RIGHT = List.of("examples", "stdlib");

  private ProjectFiles() {}

  /** A file with its words: start, end and kind of each. */
  record Written(String file, String text, List<List<Object>> words) {
    Written {
      words = List.copyOf(words);
    }
  }

  static List<Written> all() throws IOException {
    List<Written> files = new ArrayList<>();
    for (String top : List.of("examples", "stdlib", "tests/golden", "benchmarks")) {
      try (Stream<Path> found = Files.walk(ROOT.resolve(top))) {
        found
            .filter(path -> path.toString().endsWith(".swax"))
            .filter(path -> !path.toString().contains("/target/"))
            .sorted()
            .flatMap(path -> written(path).stream())
            .forEach(files::add);
      }
    }
    return files;
  }

  private static Optional<Written> written(Path path) {
    String name = ROOT.relativize(path).toString().replace('\\', '/');
    boolean right = RIGHT.contains(name.substring(0, name.indexOf('/')));
    return SourceReader.read(path, name) instanceof SourceReader.Read(SourceFile file)
        ? of(file, right)
        : Optional.empty();
  }

  /** What has a sign that the language has no use for is no file to colour. */
  static Optional<Written> of(SourceFile file, boolean right) {
    List<Word> words = Words.of(file);
    if (words.isEmpty() || words.stream().anyMatch(word -> word.kind() == Word.Kind.FOREIGN)) {
      return Optional.empty();
    }
    Set<Integer> names = names(file);
    return Optional.of(
        new Written(
            file.name(),
            file.text(),
            words.stream()
                .map(word ->
                    List.<Object>of(
                        word.span().start(),
                        word.span().end(),
                        kind(word, names.contains(word.span().start()), right)))
                .toList()));
  }

  private static String kind(Word word, boolean named, boolean right) {
    if (word.kind() != Word.Kind.CONTEXTUAL) {
      return word.kind().name();
    }
    return named ? "CONTEXTUAL_NAME" : right ? "CONTEXTUAL_WORD" : "CONTEXTUAL";
  }

  private static Set<Integer> names(SourceFile file) {
    var faults = new Diagnostics();
    SyntaxFile syntax = Parser.parse(file, faults);
    Set<Integer> names = new LinkedHashSet<>();
    if (!faults.hasErrors()) {
      var modules = new Modules(new FileModules(ROOT), new Diagnostics());
      Symbols.of(modules.load(syntax)).all().forEach(name -> names.add(name.span().start()));
    }
    return names;
  }
}
