package dev.swax.runtime.data;

import dev.swax.runtime.Hashes;
import dev.swax.runtime.file.Disk;
import dev.swax.runtime.token.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Files for a cache, and what its building told. */
final class CacheTexts {
  static final Tokenizer FEW = new LetterTokenizer(64);
  static final Tokenizer MANY = new LetterTokenizer(1000);

  private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
  private int built;

  /** Ten files; the seventh's text is also the ninth's, and one is empty. */
  static void write(Path folder) throws IOException {
    var random = new SplittableRandom(6);
    Files.createDirectories(folder);
    for (int file = 0; file < 10; file++) {
      String text =
          random
              .ints(100 + 70 * file, 0, 37)
              .mapToObj(i -> LetterTokenizer.LETTERS.substring(i, i + 1))
              .collect(Collectors.joining());
      Files.writeString(folder.resolve(file + ".txt"), file == 2 ? "" : text);
    }
    Files.copy(folder.resolve("7.txt"), folder.resolve("9b.txt"));
  }

  /** Everything is cached. */
  Caching caching(Path root, int threads) {
    return new Caching(root, 0, 64 << 20, threads, listener());
  }

  /** The same, forced to the disk behind every file. */
  Caching committing(Path root) {
    return new Caching(root, 0, 1, 2, listener());
  }

  private LoadListener listener() {
    return new LoadListener() {
      @Override
      public void message(String text) {
        messages.add(text);
      }

      @Override
      public void progress(long done, long total, long tokens) {}

      @Override
      public void finished() {
        built++;
      }
    };
  }

  String messages() {
    return String.join("\n", messages);
  }

  int built() {
    return built;
  }

  /** Names and contents of all files of a cache, but for what names this process. */
  List<String> files(Path root) throws IOException {
    List<String> files = new ArrayList<>();
    collect(root, root, files);
    return files;
  }

  private static void collect(Path root, Path path, List<String> files) throws IOException {
    for (Path entry : Disk.entries(path)) {
      if (Disk.isFolder(entry)) {
        collect(root, entry, files);
      } else if (!entry.endsWith("lock")) {
        byte[] hash = Hashes.sha256().digest(Files.readAllBytes(entry));
        files.add(root.relativize(entry) + " " + HexFormat.of().formatHex(hash));
      }
    }
  }
}
