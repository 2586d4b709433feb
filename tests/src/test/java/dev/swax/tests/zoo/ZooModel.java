package dev.swax.tests.zoo;

import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.source.SourceFile;
import dev.swax.tests.Golden;
import dev.swax.tests.Stages;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of {@code examples/zoo}. Its first comment says which model it is and, where it is not the
 * published one exactly, what differs. Its model has the name of the file; {@code tiny} is the same
 * wiring with small sizes.
 */
record ZooModel(String name, String text) {
  private static final Path ROOT = Golden.root();
  private static final Path FOLDER = ROOT.resolve("examples/zoo");
  private static final String DIFFERS = "// Differs: ";

  static ZooModel of(Path file) {
    String name = file.getFileName().toString().replace(".swax", "");
    return new ZooModel(name, Golden.read(file));
  }

  static ZooModel named(String name) {
    return of(FOLDER.resolve(name + ".swax"));
  }

  /** The first words of the file, up to what distinguishes the model. */
  String title() {
    String first = text.lines().findFirst().orElseThrow().substring("// ".length());
    return first.split(":", 2)[0];
  }

  /** What is not as published; nothing where it is exact. */
  Optional<String> difference() {
    var words = new StringBuilder();
    for (String line : text.lines().takeWhile(line -> line.startsWith("//")).toList()) {
      if (line.startsWith(DIFFERS)) {
        words.append(line, DIFFERS.length(), line.length());
      } else if (!words.isEmpty()) {
        words.append(line.substring("//".length()));
      }
    }
    return words.isEmpty() ? Optional.empty() : Optional.of(words.toString());
  }

  /** At its published sizes. */
  Architecture published() {
    return model(text, name);
  }

  /** {@code tiny} with that vocabulary. */
  Architecture small(int vocabulary) {
    return model(text + "\nmodel small_zoo = tiny(vocab: " + vocabulary + ")\n", "small_zoo");
  }

  private Architecture model(String source, String wanted) {
    var file = new SourceFile("examples/zoo/" + name + ".swax", source);
    Analysis analysis = Stages.analyze(ROOT, file);
    return analysis.findModel(wanted).orElseThrow();
  }
}
