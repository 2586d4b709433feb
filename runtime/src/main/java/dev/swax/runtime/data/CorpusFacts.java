package dev.swax.runtime.data;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * What text holds, training and validation together.
 *
 * @param bytes of the text
 * @param files what each gives, the one with most tokens first
 */
public record CorpusFacts(
    long documents, long tokens, long bytes, Lengths lengths, List<OfFile> files) {
  /** What a file gives, or all files of a pattern. */
  public record OfFile(String name, long documents, long tokens, long bytes) {
    private OfFile and(OfFile other) {
      return new OfFile(
          name, documents + other.documents(), tokens + other.tokens(), bytes + other.bytes());
    }

    private OfFile of(String other) {
      return new OfFile(other, documents, tokens, bytes);
    }
  }

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
        long size = bytes(corpus, i);
        bytes += size;
        var file = new OfFile(file(corpus, i), 1, length, size);
        files.merge(file.name(), file, OfFile::and);
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

  /**
   * What each pattern gives, in their order; a file counts for the first that it is found by. Files
   * of different patterns that are called alike are counted together.
   */
  public List<OfFile> patterns(Path base, TextSource source) {
    List<String> all =
        Stream.concat(source.files().stream(), source.validation().stream()).distinct().toList();
    SequencedMap<String, OfFile> sums = new LinkedHashMap<>();
    try (var found = SourceFiles.find(base, all)) {
      all.forEach(pattern -> sums.put(pattern, new OfFile(pattern, 0, 0, 0)));
      for (OfFile file : files) {
        String pattern =
            String.join(
                "` and `", found.patterns().getOrDefault(file.name(), new LinkedHashSet<>()));
        sums.merge(pattern, file.of(pattern), OfFile::and);
      }
    }
    return List.copyOf(sums.values());
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
