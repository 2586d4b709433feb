package dev.swax.runtime.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** Documents in the order of their names, as they were found. */
public record Corpus(List<Document> documents) {
  public Corpus {
    documents = List.copyOf(documents);
  }

  /** Tokens of all documents together. */
  public long tokens() {
    return documents.stream().mapToLong(Document::length).sum();
  }

  /** SHA-256 over names, lengths and texts, in hexadecimal. */
  public String hash() {
    MessageDigest digest = Hashes.sha256();
    for (Document document : documents) {
      byte[] name = document.name().getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(8).putInt(name.length).putInt(document.length()).flip());
      digest.update(name);
      digest.update(document.text());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Documents of {@code tokens} tokens together, the last one cut to fit, chosen evenly by the hash
   * of their names; all of them where they have fewer or {@code tokens} is 0.
   */
  public Corpus sample(long tokens) {
    if (tokens == 0 || tokens >= tokens()) {
      return this;
    }
    List<Document> mixed =
        documents.stream().sorted(Comparator.comparingDouble(Document::share)).toList();
    var chosen = new ArrayList<Document>();
    long left = tokens;
    for (Document document : mixed) {
      if (left < document.length()) {
        byte[] head = Arrays.copyOf(document.text(), Math.toIntExact(left));
        chosen.add(new Document(document.name(), head));
        break;
      }
      chosen.add(document);
      left -= document.length();
    }
    return new Corpus(chosen);
  }
}
