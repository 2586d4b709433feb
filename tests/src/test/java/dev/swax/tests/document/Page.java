package dev.swax.tests.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown file as a list of what a reader does: files to write and commands to type.
 *
 * <p>A comment says what a test does:
 *
 * <ul>
 *   <li>{@code <!-- given corpus/a.jsonl tests/documents/a.jsonl -->}: the reader has this file or
 *       folder, which is that of the repository
 *   <li>{@code <!-- file study.swax -->}: the block is this file, whole
 *   <li>{@code <!-- add study.swax -->}: the block stands at the end of this file
 *   <li>{@code <!-- shows study.swax -->}: this file, which is there, is the block
 *   <li>{@code <!-- slow -->}: the commands take long; the profile {@code documents} runs them
 *   <li>{@code <!-- needs mpirun -->}: the commands are run where this program is found
 *   <li>{@code <!-- fails -->}: the last command of the block ends with exit code 2
 * </ul>
 */
record Page(Path file, String text, List<Block> blocks) {
  private static final Pattern BLOCK =
      Pattern.compile(
          "^<!-- given (?<to>\\S+) (?<from>\\S+) -->$"
              + "|^(?:<!-- (?<comment>[^>]*?) -->\n)?(?<indent> *)```(?<language>\\w+)\n"
              + "(?<text>.*?)^\\k<indent>```$",
          Pattern.MULTILINE | Pattern.DOTALL);
  private static final Map<String, Kind> DIRECTIVES =
      Map.of("file", Kind.FILE, "add", Kind.ADDITION, "shows", Kind.SHOWN);

  enum Kind {
    GIVEN,
    FILE,
    ADDITION,
    SHOWN,
    COMMANDS,
    /** Shown only. */
    OTHER
  }

  /**
   * @param argument the name of a file
   * @param text the block itself; of what is given, its place in the repository
   * @param marks the words of its comment that are no file
   * @param line of the page, counted from 1
   */
  record Block(
      Kind kind, String argument, List<String> marks, String language, String text, int line) {
    Block {
      marks = List.copyOf(marks);
    }

    boolean isSlow() {
      return marks.contains("slow");
    }

    boolean fails() {
      return marks.contains("fails");
    }

    /** The programs that it needs. */
    List<String> needs() {
      int at = marks.indexOf("needs");
      return at < 0 ? List.of() : marks.subList(at + 1, marks.size());
    }
  }

  Page {
    blocks = List.copyOf(blocks);
  }

  static Page read(Path file) {
    try {
      String text = Files.readString(file);
      List<Block> blocks = new ArrayList<>();
      Matcher found = BLOCK.matcher(text);
      while (found.find()) {
        blocks.add(block(found, (int) text.substring(0, found.start()).lines().count() + 1));
      }
      return new Page(file, text, blocks);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Block block(Matcher found, int line) {
    String target = found.group("to");
    if (target != null) {
      return new Block(Kind.GIVEN, target, List.of(), "", found.group("from"), line);
    }
    String language = found.group("language");
    String text = found.group("text").indent(-found.group("indent").length());
    String comment = found.group("comment");
    List<String> words = comment == null ? List.of() : List.of(comment.split(" "));
    Kind named = words.isEmpty() ? null : DIRECTIVES.get(words.getFirst());
    if (named != null) {
      return new Block(named, words.get(1), List.of(), language, text, line);
    }
    Kind kind = language.equals("console") ? Kind.COMMANDS : Kind.OTHER;
    return new Block(kind, "", words, language, text, line);
  }

  /** The blocks of one language. */
  List<Block> blocksOf(String language) {
    return blocks.stream().filter(block -> block.language.equals(language)).toList();
  }

  @Override
  public String toString() {
    return Documents.root().relativize(file).toString();
  }
}
