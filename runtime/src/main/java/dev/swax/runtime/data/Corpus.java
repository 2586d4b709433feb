package dev.swax.runtime.data;

import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.Tokenizer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * Documents in the order of their names, as they were found.
 *
 * @param tokenizer that made their tokens
 */
public record Corpus(List<Document> documents, Tokenizer tokenizer) {
  public Corpus {
    documents = List.copyOf(documents);
  }

  /** The tokens of files; a file that the tokenizer does not know all of is named. */
  public static Corpus of(List<TextFile> files, Tokenizer tokenizer) {
    return new Corpus(files.stream().map(file -> file.document(tokenizer)).toList(), tokenizer);
  }

  /** Tokens of all documents together. */
  public long tokens() {
    return documents.stream().mapToLong(Document::length).sum();
  }

  /** SHA-256 over names, lengths and tokens, in hexadecimal. */
  public String hash() {
    MessageDigest digest = Hashes.sha256();
    for (Document document : documents) {
      byte[] name = document.name().getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(8).putInt(name.length).putInt(document.length()).flip());
      digest.update(name);
      document.tokens().digest(digest);
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
        documents.stream()
            .sorted(Comparator.comparingDouble(document -> Hashes.share(document.name())))
            .toList();
    var chosen = new ArrayList<Document>();
    long left = tokens;
    for (Document document : mixed) {
      if (left < document.length()) {
        chosen.add(new Document(document.name(), document.tokens().first(Math.toIntExact(left))));
        break;
      }
      chosen.add(document);
      left -= document.length();
    }
    return new Corpus(chosen, tokenizer);
  }

  /** The same text, every byte of it a token. */
  public Corpus inBytes() {
    if (tokenizer.equals(ByteTokenizer.BYTES)) {
      return this;
    }
    List<TextFile> files =
        documents.stream()
            .map(document -> new TextFile(document.name(), tokenizer.decode(document.tokens())))
            .toList();
    return of(files, ByteTokenizer.BYTES);
  }
}
