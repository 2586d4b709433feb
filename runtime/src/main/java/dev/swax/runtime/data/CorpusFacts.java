package dev.swax.runtime.data;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What text holds, training and validation together.
 *
 * @param bytes of the text
 * @param files what each gives, the one with most tokens first
 */
public record CorpusFacts(
    long documents, long tokens, long bytes, Lengths lengths, List<OfFile> files) {
  /** Documents and tokens of a file. */
  public record OfFile(String name, long documents, long tokens) {}

  public CorpusFacts {
    files = List.copyOf(files);
  }

  public static CorpusFacts of(Split split) {
    var lengths = new Lengths();
    SequencedMap<String, OfFile> files = new LinkedHashMap<>();
    long bytes = 0;
    for (Corpus corpus : List.of(split.training(), split.validation())) {
      for (long i = 0; i < corpus.size(); i++) {
        int length = corpus.length(i);
        lengths.add(length);
        bytes += bytes(corpus, i);
        files.merge(
            file(corpus, i),
            new OfFile(file(corpus, i), 1, length),
            (a, b) -> new OfFile(a.name(), a.documents() + b.documents(), a.tokens() + b.tokens()));
      }
    }
    return new CorpusFacts(
        lengths.count(),
        split.training().tokens() + split.validation().tokens(),
        bytes,
        lengths,
        files.values().stream()
            .sorted(
                Comparator.comparingLong((OfFile file) -> -file.tokens())
                    .thenComparing(OfFile::name))
            .toList());
  }

  private static long bytes(Corpus corpus, long index) {
    return corpus instanceof CachedCorpus cached
        ? cached.textBytes(index)
        : corpus.tokenizer().size(corpus.document(index).tokens());
  }

  private static String file(Corpus corpus, long index) {
    return corpus instanceof CachedCorpus cached
        ? cached.sources().get(cached.source(index))
        : corpus.name(index).replaceFirst(":\\d+$", "");
  }
}
