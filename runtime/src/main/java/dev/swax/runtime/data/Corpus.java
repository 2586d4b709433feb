package dev.swax.runtime.data;

import dev.swax.runtime.Hashes;
import dev.swax.runtime.token.Tokenizer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.RandomAccess;

/**
 * Documents in the order of the names of their files, and in each file as they stand there. Their
 * tokens lie in memory or in files; nobody who reads them can tell.
 */
public interface Corpus {
  /** Documents that are files. */
  String FILES = "files";

  /** Documents of which a file may have several. */
  String DOCUMENTS = "documents";

  /** That made the tokens. */
  Tokenizer tokenizer();

  /** How many documents there are. */
  long size();

  /** The document at {@code index}. */
  Document document(long index);

  /** How many tokens it has. */
  int length(long index);

  /** How many tokens each has, of a corpus with fewer documents than a list can hold. */
  default int[] lengths() {
    int[] lengths = new int[Math.toIntExact(size())];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = length(i);
    }
    return lengths;
  }

  /** How many tokens all before it have. */
  long start(long index);

  /** Which document holds a token of all of them together. */
  long documentOf(long token);

  /** Copies some of its tokens from {@code offset} on to {@code to}, from {@code at} on. */
  void copy(long index, int offset, int count, int[] to, int at);

  /** Tokens of all documents together. */
  long tokens();

  /** SHA-256 over names, lengths and tokens, in hexadecimal. */
  String hash();

  /** What documents are, in the plural: {@code files}, or {@code documents} of files. */
  String unit();

  /** The same text, every byte of it a token. */
  Corpus inBytes();

  /** All of them, as a view: of a large corpus there may be more than a list can hold. */
  default List<Document> documents() {
    int size = Math.toIntExact(size());
    class View extends AbstractList<Document> implements RandomAccess {
      @Override
      public Document get(int index) {
        return document(index);
      }

      @Override
      public int size() {
        return size;
      }
    }
    return new View();
  }

  /** The tokens of the longest document, at least 1. */
  default int longest() {
    int longest = 1;
    for (long i = 0; i < size(); i++) {
      longest = Math.max(longest, length(i));
    }
    return longest;
  }

  /**
   * Documents of {@code tokens} tokens together, the last one cut to fit, chosen evenly by the hash
   * of their names; all of them where they have fewer or {@code tokens} is 0.
   */
  default Corpus sample(long tokens) {
    return tokens == 0 || tokens >= tokens() ? this : Sample.of(this, tokens);
  }

  /** The tokens of texts; a text that the tokenizer does not know all of is named. */
  static Corpus of(List<TextFile> files, Tokenizer tokenizer) {
    return new MemoryCorpus(
        files.stream().map(file -> file.document(tokenizer)).toList(),
        tokenizer,
        files.stream().anyMatch(TextFile::isRecord) ? DOCUMENTS : FILES);
  }

  /** Chooses documents with memory for those that are chosen. */
  record Sample(double share, long index, int length) {
    private static final Comparator<Sample> ORDER =
        Comparator.comparingDouble(Sample::share).thenComparingLong(Sample::index);

    private static Corpus of(Corpus corpus, long tokens) {
      var chosen = new PriorityQueue<Sample>(ORDER.reversed());
      long sum = 0;
      for (long i = 0; i < corpus.size(); i++) {
        var next = new Sample(Hashes.share(corpus.name(i)), i, corpus.length(i));
        Sample last = chosen.peek();
        if (last == null || sum < tokens || ORDER.compare(next, last) < 0) {
          chosen.add(next);
          sum += next.length();
        }
        for (Sample most = chosen.peek();
            most != null && sum - most.length() >= tokens;
            most = chosen.peek()) {
          chosen.remove();
          sum -= most.length();
        }
      }
      List<Document> documents = new ArrayList<>();
      long left = tokens;
      for (Sample each : chosen.stream().sorted(ORDER).toList()) {
        Document document = corpus.document(each.index());
        documents.add(left < document.length() ? document.first((int) left) : document);
        left -= document.length();
      }
      return new MemoryCorpus(documents, corpus.tokenizer(), corpus.unit());
    }
  }

  /** The name of the document at {@code index}. */
  default String name(long index) {
    return document(index).name();
  }
}
