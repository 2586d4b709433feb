package dev.swax.runtime.data;

import dev.swax.runtime.data.cache.PartFiles;
import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.token.Tokens;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A corpus whose tokens lie in the files of a cache. */
public final class CachedCorpus implements Corpus {
  private final PartFiles files;
  private final Tokenizer tokenizer;
  private final List<String> sources;
  private final String hash;
  private @Nullable Corpus sampled;
  private long sampledTokens;

  /** {@code sources}: names of the files that it is made of; {@code hash}: as it was built. */
  CachedCorpus(PartFiles files, Tokenizer tokenizer, List<String> sources, String hash) {
    this.files = files;
    this.tokenizer = tokenizer;
    this.sources = sources;
    this.hash = hash;
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public long size() {
    return files.state().documents();
  }

  @Override
  public String unit() {
    return size() > 0 && files.number(0) > 0 ? DOCUMENTS : FILES;
  }

  @Override
  public String name(long index) {
    return name(sources.get(files.source(index)), files.number(index));
  }

  /** As it is called in memory; a further part of a file that no array can hold is numbered. */
  private static String name(String source, long number) {
    return number == 0 ? source : number > 0 ? source + ":" + number : source + "#" + (1 - number);
  }

  @Override
  public Document document(long index) {
    long start = start(index);
    return new Document(
        name(index), Tokens.mapped(files.tokens(start, files.end(index) - start), files.width()));
  }

  @Override
  public int length(long index) {
    return (int) (files.end(index) - start(index));
  }

  @Override
  public int[] lengths() {
    return files.lengths();
  }

  @Override
  public long start(long index) {
    return files.end(index - 1);
  }

  @Override
  public long documentOf(long token) {
    return files.documentOf(token);
  }

  @Override
  public void copy(long index, int offset, int count, int[] to, int at) {
    Tokens.mapped(files.tokens(start(index) + offset, count), files.width()).copy(0, count, to, at);
  }

  @Override
  public long tokens() {
    return files.state().tokens();
  }

  @Override
  public int longest() {
    return files.state().longest();
  }

  /** Every validation asks for the same. */
  @Override
  public synchronized Corpus sample(long tokens) {
    Corpus known = sampled;
    if (known == null || sampledTokens != tokens) {
      known = Corpus.super.sample(tokens);
      sampled = known;
      sampledTokens = tokens;
    }
    return known;
  }

  @Override
  public String hash() {
    return hash;
  }

  /** The same hash, of what stands in the files. */
  String computeHash() {
    var computed = new CorpusHash();
    for (long i = 0; i < size(); i++) {
      computed.document(name(i), length(i));
      computed.digest().update(files.tokens(start(i), length(i)).asByteBuffer());
    }
    return HexFormat.of().formatHex(computed.digest().digest());
  }

  @Override
  public Corpus inBytes() {
    return tokenizer.equals(ByteTokenizer.BYTES)
        ? this
        : new MemoryCorpus(documents(), tokenizer, unit()).inBytes();
  }

  /** Names of the files that it is made of, in their order. */
  public List<String> sources() {
    return sources;
  }

  /** Which of {@link #sources} a document is from. */
  public int source(long index) {
    return files.source(index);
  }

  /** Bytes of the document's text. */
  public int textBytes(long index) {
    return files.textBytes(index);
  }
}
