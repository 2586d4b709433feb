package dev.swax.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Runs what users run, on a small file, so that Java sees which classes and methods that needs. The
 * launcher keeps what Java saw as an ahead-of-time cache. The argument says for which commands:
 * {@code looking} (they only read a file) or {@code computing}.
 */
final class Rehearsal {
  private static final String FILE = "rehearsal.swax";

  private final Path folder;
  private final PrintStream err;

  private Rehearsal(Path folder, PrintStream err) {
    this.folder = folder;
    this.err = err;
  }

  public static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT);
    Path folder = Files.createTempDirectory("swax-rehearsal-");
    try {
      new Rehearsal(folder, System.err).play(List.of(arguments).contains("looking"));
    } finally {
      delete(folder);
    }
  }

  private void play(boolean looking) throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(Rehearsal.class.getResourceAsStream(FILE), FILE)) {
      var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(folder.resolve(FILE), text);
      Files.writeString(folder.resolve("training.txt"), text);
      Files.writeString(folder.resolve("held.txt"), text.toUpperCase(Locale.ROOT));
      writeArchive(folder.resolve("training.zip"), text);
    }
    Files.createDirectory(folder.resolve("leases"));
    if (looking) {
      swax("--help");
      swax("--version");
      swax("train", "--help");
      swax("check", FILE);
      swax("fmt", "--check", FILE);
      swax("dump", "--after=java", FILE);
    } else {
      swax("info", FILE);
      swax("train", FILE, "--run-dir", "run", "--threads", "2");
      swax("eval", "run");
      swax("generate", "run", "--prompt", "memory", "--length", "4");
    }
  }

  private static void writeArchive(Path file, String text) throws IOException {
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String name : List.of("text/a.txt", "text/b.txt")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** As {@link Main} does, with a cache of its own, so that javac is part of what is seen. */
  private void swax(String... arguments) {
    Console here = Console.ofProcess(Map.of());
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    var console = new Console(nowhere, err, here.outTerminal(), here.errTerminal(), here.color());
    var environment = Map.of("SWAX_CACHE", folder.resolve("cache").toString());
    int code;
    try (var _ = BuildLease.take(folder.resolve("lib.rehearsal/swax.jar").toString())) {
      code = Main.run(List.of(arguments), console, folder, environment, () -> () -> false);
    }
    if (code != ExitCode.DONE) {
      throw new IllegalStateException(String.join(" ", arguments) + " ended with " + code);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
