package dev.swax.runtime.task.text.code;

import dev.swax.runtime.Hashes;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * The files that a command names. They decide what it answers, as much as its words do. Within an
 * argument too: {@code --script=run.py}, or what a shell is to run.
 *
 * @param hashes the first 64 bits of the SHA-256 of each, in hexadecimal digits, by its path as it
 *     is written
 */
record CommandFiles(SequencedMap<String, String> hashes) {
  private static final String BETWEEN_WORDS = "[\\s=;|&<>()'\"]+";

  CommandFiles {
    hashes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(hashes));
  }

  /** As they are now; relative paths start at {@code folder}. */
  static CommandFiles of(List<String> command, Path folder) {
    SequencedMap<String, String> hashes = new LinkedHashMap<>();
    for (String argument : command) {
      add(argument, folder, hashes);
      for (String word : argument.split(BETWEEN_WORDS)) {
        add(word, folder, hashes);
      }
    }
    return new CommandFiles(hashes);
  }

  private static void add(String word, Path folder, Map<String, String> hashes) {
    try {
      Path path = folder.resolve(word);
      if (!hashes.containsKey(word) && Files.isRegularFile(path)) {
        hashes.put(word, hash(path));
      }
    } catch (InvalidPathException e) {
      // no word with such characters names a file
    }
  }

  private static String hash(Path path) {
    try (InputStream file = Files.newInputStream(path);
        var digested = new DigestInputStream(file, Hashes.sha256())) {
      digested.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digested.getMessageDigest().digest(), 0, 8);
    } catch (IOException e) {
      throw new UserError(
          "`%s`, which a runner names, cannot be read: %s".formatted(path, Reasons.of(e)), null);
    }
  }

  /** {@code run.py sha256 0123456789abcdef}, joined by commas. */
  String describe() {
    return hashes.entrySet().stream()
        .map(file -> "%s sha256 %s".formatted(file.getKey(), file.getValue()))
        .collect(Collectors.joining(", "));
  }
}
