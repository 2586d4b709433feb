package dev.swax.tests.editor;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What tree-sitter made of a file; places are characters, as the compiler counts them.
 *
 * @param wrong what it could not read
 * @param colours of each character, empty where there is none
 * @param folds how many parts can be folded
 */
record ParsedFile(
    ProjectFiles.Written written,
    Set<Node> nodes,
    List<String> wrong,
    List<String> colours,
    int folds) {

  record Node(String name, int start, int end) {}

  /** What tree.lua wrote of the file. */
  static ParsedFile of(ProjectFiles.Written written, JsonNode read) {
    int[] characters = characters(written.text());
    Set<Node> nodes = new LinkedHashSet<>();
    List<String> wrong = new ArrayList<>();
    for (JsonNode one : read.path("nodes")) {
      Node node = node(one, 0, characters);
      nodes.add(node);
      if (one.path(3).asBoolean()) {
        String text = written.text().substring(node.start(), node.end());
        wrong.add("%s: %s `%s`".formatted(written.file(), node.name(), text));
      }
    }
    String[] colours = new String[written.text().length()];
    Arrays.fill(colours, "");
    int folds = 0;
    for (JsonNode one : read.path("caught")) {
      if (one.path(0).asText().equals("folds")) {
        folds++;
      } else {
        Node colour = node(one, 1, characters);
        Arrays.fill(colours, colour.start(), colour.end(), colour.name());
      }
    }
    return new ParsedFile(written, nodes, wrong, List.of(colours), folds);
  }

  private static Node node(JsonNode read, int at, int[] characters) {
    return new Node(
        read.path(at).asText(),
        characters[read.path(at + 1).asInt()],
        characters[read.path(at + 2).asInt()]);
  }

  /** The character that each byte belongs to, and the end. */
  private static int[] characters(String text) {
    int[] characters = new int[text.getBytes(StandardCharsets.UTF_8).length + 1];
    int bytes = 0;
    for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
      int size = Character.toString(text.codePointAt(at)).getBytes(StandardCharsets.UTF_8).length;
      Arrays.fill(characters, bytes, bytes + size, at);
      bytes += size;
    }
    characters[bytes] = text.length();
    return characters;
  }

  boolean has(SyntaxPart part) {
    return nodes.contains(new Node(part.name(), part.span().start(), part.span().end()));
  }

  /** The words that have another colour than {@code kinds}, a pattern for each kind, says. */
  List<String> miscoloured(Map<String, String> kinds) {
    List<String> found = new ArrayList<>();
    for (List<Object> word : written.words()) {
      int start = (int) word.get(0);
      int end = (int) word.get(1);
      String kind = (String) word.get(2);
      colours.subList(start, end).stream()
          .filter(colour -> !colour.matches(kinds.get(kind)))
          .findFirst()
          .ifPresent(colour ->
              found.add(
                  "%s: `%s` is %s, not `%s`"
                      .formatted(
                          written.file(), written.text().substring(start, end), kind, colour)));
    }
    return found;
  }
}
