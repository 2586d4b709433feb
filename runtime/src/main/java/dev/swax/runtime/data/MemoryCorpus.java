package dev.swax.runtime.data;

import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.Tokenizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A corpus whose tokens lie in memory. */
public final class MemoryCorpus implements Corpus {
  private final List<Document> documents;
  private final Tokenizer tokenizer;
  private final String unit;
  private final long[] starts;

  /** Of files; {@code tokenizer}: that made their tokens. */
  public MemoryCorpus(List<Document> documents, Tokenizer tokenizer) {
    this(documents, tokenizer, FILES);
  }

  MemoryCorpus(List<Document> documents, Tokenizer tokenizer, String unit) {
    this.unit = unit;
    this.documents = List.copyOf(documents);
    this.tokenizer = tokenizer;
    this.starts = new long[documents.size() + 1];
    for (int i = 0; i < documents.size(); i++) {
      starts[i + 1] = starts[i] + documents.get(i).length();
    }
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public String unit() {
    return unit;
  }

  @Override
  public List<Document> documents() {
    return documents;
  }

  @Override
  public long size() {
    return documents.size();
  }

  @Override
  public Document document(long index) {
    return documents.get((int) index);
  }

  @Override
  public int length(long index) {
    return document(index).length();
  }

  @Override
  public long start(long index) {
    return starts[(int) index];
  }

  @Override
  public long documentOf(long token) {
    int found = Arrays.binarySearch(starts, token);
    int index = found >= 0 ? found : -found - 2;
    while (length(index) == 0) {
      index++;
    }
    return index;
  }

  @Override
  public void copy(long index, int offset, int count, int[] to, int at) {
    document(index).tokens().copy(offset, count, to, at);
  }

  @Override
  public long tokens() {
    return starts[documents.size()];
  }

  @Override
  public String hash() {
    var hash = new CorpusHash();
    for (Document document : documents) {
      hash.document(document.name(), document.length());
      document.tokens().digest(hash.digest());
    }
    return HexFormat.of().formatHex(hash.digest().digest());
  }

  @Override
  public Corpus inBytes() {
    if (tokenizer.equals(ByteTokenizer.BYTES)) {
      return this;
    }
    List<TextFile> files =
        documents.stream()
            .map(document -> new TextFile(document.name(), tokenizer.decode(document.tokens())))
            .toList();
    return Corpus.of(files, ByteTokenizer.BYTES);
  }
}
