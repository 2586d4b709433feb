package dev.swax.dist;

import dev.swax.cli.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;

/**
 * {@code swax-VERSION-linux-x64.tar.gz}: the launcher, the jars, a Java with the modules that they
 * need, documents and examples. Arguments: the root of the sources, and the folder that has the
 * jars in {@code lib} and receives the archive.
 */
final class Archive {

  /**
   * What {@code jdeps} names for the jars; beside it the compiler for generated programs, the
   * client of the hub, a server of pages, and what https needs.
   */
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.compiler",
          "java.desktop",
          "java.net.http",
          "java.sql",
          "jdk.compiler",
          "jdk.crypto.ec",
          "jdk.httpserver",
          "jdk.incubator.vector",
          "jdk.jfr",
          "jdk.management",
          "jdk.security.auth",
          "jdk.zipfs");

  private final Path root;
  private final Path target;
  private final Path home;

  private Archive(Path root, Path target) {
    this.root = root;
    this.target = target;
    String machine = System.getProperty("os.name") + "-" + System.getProperty("os.arch");
    this.home = target.resolve("swax-" + Version.TEXT + "-" + machine.toLowerCase(Locale.ROOT));
  }

  public static void main(String[] arguments) throws Exception {
    new Archive(Path.of(arguments[0]), Path.of(arguments[1])).pack();
  }

  private void pack() throws Exception {
    delete(home);
    Files.createDirectories(home.resolve("bin"));
    link();
    copy(root.resolve("swax"), home.resolve("bin/swax"));
    for (String name : List.of("LICENSE", "README.md", "CHANGELOG.md", "docs", "examples")) {
      copy(root.resolve(name), home.resolve(name));
    }
    copy(target.resolve("lib"), home.resolve("lib"));
    writeCommit();
    describe();
    // The caches come last: Java takes them only as long as the jars keep their sizes and times.
    run(home, Map.of("SWAX_AOT", "make"), home.resolve("bin/swax").toString());
    String name = String.valueOf(home.getFileName());
    run(target, Map.of(), "tar", "--owner=0", "--group=0", "-czf", name + ".tar.gz", name);
  }

  private void link() {
    int code =
        ToolProvider.findFirst("jlink")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--add-modules",
                String.join(",", MODULES),
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                home.resolve("runtime").toString());
    if (code != 0) {
      throw new IllegalStateException("jlink ended with " + code);
    }
  }

  private void writeCommit() throws Exception {
    if (Files.exists(root.resolve(".git"))) {
      var git =
          new ProcessBuilder(
              "git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude", "*");
      Process process =
          git.directory(root.toFile()).redirectOutput(home.resolve("lib/commit").toFile()).start();
      require(process.waitFor(), "git describe");
    }
  }

  /** Completions for bash and zsh, and the page of the manual. */
  private void describe() throws IOException {
    CommandLine line = Description.commandLine();
    write("completions/swax", AutoComplete.bash("swax", line));
    write("share/man/man1/swax.1", ManPage.of(line.getCommandSpec()));
  }

  private void write(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }

  /** With the times of its files; of a build only the texts of examples, and not the site. */
  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            String name = String.valueOf(folder.getFileName());
            boolean built = name.equals("target") && !Files.isDirectory(folder.resolve("data"));
            if (built || List.of("runs", "grids", "site").contains(name)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(folder).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path copy = file.equals(from) ? to : to.resolve(from.relativize(file).toString());
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void run(Path folder, Map<String, String> environment, String... command)
      throws Exception {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
    builder.environment().putAll(environment);
    require(builder.start().waitFor(), String.join(" ", command));
  }

  private static void require(int code, String command) {
    if (code != 0) {
      throw new IllegalStateException(command + " ended with " + code);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : new ArrayList<>(files.sorted(Comparator.reverseOrder()).toList())) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
