package dev.swax.runtime.task.text;

import dev.swax.runtime.Hashes;
import dev.swax.runtime.UserError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The sentences of a text that the user named, over and over from its beginning. */
public final class Sentences implements Background {
  private final String name;
  private final List<String> sentences;

  private Sentences(String name, List<String> sentences) {
    this.name = name;
    this.sentences = List.copyOf(sentences);
  }

  /**
   * The sentences of the texts, white space within them collapsed to single blanks.
   *
   * @param name how messages call the texts
   * @param leastCharacters shorter sentences are left out
   */
  public static Sentences of(String name, List<String> texts, int leastCharacters) {
    List<String> sentences = new ArrayList<>();
    BreakIterator borders = BreakIterator.getSentenceInstance(Locale.ENGLISH);
    for (String text : texts) {
      String collapsed = text.strip().replaceAll("\\s+", " ");
      borders.setText(collapsed);
      int from = 0;
      for (int to = borders.next(); to != BreakIterator.DONE; to = borders.next()) {
        String sentence = collapsed.substring(from, to).strip();
        if (!sentence.isEmpty() && sentence.length() >= leastCharacters) {
          sentences.add(sentence);
        }
        from = to;
      }
    }
    if (sentences.isEmpty()) {
      throw new UserError(
          "the background text `%s` has no sentence of %d characters or more"
              .formatted(name, Math.max(1, leastCharacters)),
          "name text files, or leave the argument out for the text that comes with swax");
    }
    return new Sentences(name, sentences);
  }

  @Override
  public String sentence(int index) {
    return sentences.get(index % sentences.size());
  }

  @Override
  public String describe() {
    MessageDigest digest = Hashes.sha256();
    for (String sentence : sentences) {
      digest.update((sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return "\"%s\" (sha256 %s)".formatted(name, HexFormat.of().formatHex(digest.digest(), 0, 8));
  }

  @Override
  public int starts() {
    return sentences.size();
  }
}
