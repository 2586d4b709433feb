package dev.swax.runtime.task.text;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.TextFile;
import dev.swax.runtime.data.TextLoader;
import dev.swax.runtime.declare.Located;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The sentences of files, read when the first is needed. */
public final class FileText implements Background {
  private final String patterns;
  private final List<String> files;
  private final Once<Sentences> sentences;

  /**
   * @param folder where patterns start
   * @param patterns as in a data block
   * @param leastCharacters shorter sentences are left out
   */
  public FileText(Path folder, List<String> patterns, int leastCharacters) {
    this.patterns = String.join(", ", patterns);
    this.files = List.copyOf(patterns);
    this.sentences =
        new Once<>(() -> {
          List<TextFile> read = new TextLoader(folder).files(patterns);
          List<String> texts = read.stream().map(TextFile::text).toList();
          return Sentences.of(this.patterns, texts, leastCharacters);
        });
  }

  /** The sentences of files that a task names. */
  public static FileText of(Located files, int leastCharacters) {
    return new FileText(files.folder(), files.texts(), leastCharacters);
  }

  @Override
  public String sentence(int index) {
    return sentences.value().sentence(index);
  }

  @Override
  public String describe() {
    return sentences.obstacle().isPresent()
        ? "\"%s\" (cannot be read)".formatted(patterns)
        : sentences.value().describe();
  }

  @Override
  public Optional<UserError> obstacle() {
    return sentences.obstacle();
  }

  @Override
  public List<String> files() {
    return files;
  }

  @Override
  public int starts() {
    return sentences.value().starts();
  }
}
