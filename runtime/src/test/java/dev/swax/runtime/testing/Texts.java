package dev.swax.runtime.testing;

import dev.swax.runtime.data.Corpus;
import dev.swax.runtime.data.Document;
import dev.swax.runtime.data.MemoryCorpus;
import dev.swax.runtime.data.Split;
import dev.swax.runtime.token.ByteTokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Small texts with structure: sums of numbers, written out. */
public final class Texts {
  private Texts() {}

  /** Training and validation text, the same each time. */
  public static Split sums() {
    return new Split(corpus(1, 40), corpus(2, 8));
  }

  private static Corpus corpus(long seed, int documents) {
    var random = new SplittableRandom(seed);
    List<Document> list = new ArrayList<>();
    for (int i = 0; i < documents; i++) {
      StringBuilder text = new StringBuilder();
      int lines = random.nextInt(1, 12);
      for (int line = 0; line < lines; line++) {
        int a = random.nextInt(100);
        int b = random.nextInt(100);
        text.append(a).append(" + ").append(b).append(" = ").append(a + b).append('\n');
      }
      list.add(document("%d-%02d".formatted(seed, i), text.toString()));
    }
    return new MemoryCorpus(list, ByteTokenizer.BYTES);
  }

  /** Every byte of them is a token. */
  public static Corpus corpus(Document... documents) {
    return new MemoryCorpus(List.of(documents), ByteTokenizer.BYTES);
  }

  public static Document document(String name, String text) {
    return new Document(name, ByteTokenizer.BYTES.encode(text.getBytes(StandardCharsets.UTF_8)));
  }
}
