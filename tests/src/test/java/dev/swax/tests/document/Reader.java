package dev.swax.tests.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.cli.Console;
import dev.swax.cli.Host;
import dev.swax.cli.Swax;
import dev.swax.tests.cli.Folders;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Does in a folder what a page says: writes its files, types its commands, compares the output. */
final class Reader {
  /**
   * A file for what each command printed, to write pages from: {@code -Dswax.documents.printed}.
   */
  private static final String PRINTED = System.getProperty("swax.documents.printed", "");

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>(System.getenv());

  /**
   * @param launcher a script that starts swax, for commands that other programs start
   */
  Reader(Path folder, Path launcher) throws IOException {
    this.folder = folder;
    environment.put("SWAX", Documents.root().toString());
    Files.createDirectories(folder);
    environment.put("SWAX_CACHE", folder.resolve(".cache").toString());
    environment.put(
        "PATH", launcher.getParent() + File.pathSeparator + environment.getOrDefault("PATH", ""));
    environment.put("SWAX_JAVA_HOME", System.getProperty("java.home"));
    environment.put("OMPI_ALLOW_RUN_AS_ROOT", "1");
    environment.put("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
  }

  /**
   * Does all blocks that are chosen, and those that need a program only where it is installed. Says
   * at the end all that was not as the page shows it.
   */
  void follow(Page page, Predicate<Page.Block> chosen) throws Exception {
    List<String> faults = new ArrayList<>();
    for (Page.Block block : page.blocks()) {
      switch (block.kind()) {
        case GIVEN ->
            Folders.copy(Documents.root().resolve(block.text()), folder.resolve(block.argument()));
        case FILE -> write(block, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        case ADDITION -> write(block, StandardOpenOption.APPEND);
        case SHOWN ->
            assertThat(folder.resolve(block.argument()))
                .as("%s:%d", page, block.line())
                .hasContent(block.text());
        case COMMANDS -> {
          if (chosen.test(block) && block.needs().stream().allMatch(this::isInstalled)) {
            type(block, faults);
          }
        }
        case OTHER -> {}
      }
    }
    assertThat(faults).as("%s", page).isEmpty();
  }

  /** Types one command, which succeeds. */
  void type(String line) throws IOException, InterruptedException {
    Ended ended = shell(line);
    assertThat(ended.code).as("%s%n%s", line, ended.printed).isZero();
  }

  private void write(Page.Block block, StandardOpenOption... options) throws IOException {
    Path file = folder.resolve(block.argument());
    Files.createDirectories(file.toAbsolutePath().getParent());
    String gap =
        Files.exists(file) && List.of(options).contains(StandardOpenOption.APPEND) ? "\n" : "";
    Files.writeString(file, gap + block.text(), options);
  }

  private void type(Page.Block block, List<String> faults) throws Exception {
    List<CommandText> commands = CommandText.of(block.text());
    assertThat(commands).as("line %d: commands, after `$ `", block.line()).isNotEmpty();
    for (CommandText command : commands) {
      Ended ended = command.isVerb() ? swax(command.arguments()) : shell(command.line());
      record(command, ended);
      int expected = block.fails() && command.equals(commands.getLast()) ? 2 : 0;
      List<String> missing = ShownOutput.missing(command.shown(), ended.printed);
      if (ended.code != expected || !missing.isEmpty()) {
        faults.add(
            "%nline %d: $ %s%nends with %d, and prints%n%s%nwhich is not as shown: %s%n"
                .formatted(block.line(), command.line(), ended.code, ended.printed, missing));
      }
    }
  }

  private static void record(CommandText command, Ended ended) throws IOException {
    if (!PRINTED.isEmpty()) {
      Files.writeString(
          Path.of(PRINTED),
          "$ %s%n%s".formatted(command.line(), ended.printed),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  private record Ended(int code, String printed) {}

  private Ended swax(List<String> arguments) {
    var bytes = new ByteArrayOutputStream();
    var stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    var console = new Console(stream, stream, false, false, false);
    int code = new Swax(new Host(console, folder, environment, () -> () -> false)).run(arguments);
    return new Ended(code, here(bytes.toString(StandardCharsets.UTF_8)));
  }

  /** As it is for a reader who is in the folder. */
  private String here(String printed) {
    return printed.replace(folder + "/", "");
  }

  private Ended shell(String line) throws IOException, InterruptedException {
    Path printed = folder.resolve(".printed");
    var builder =
        new ProcessBuilder("sh", "-c", line).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    int code = builder.redirectOutput(printed.toFile()).start().waitFor();
    return new Ended(code, here(Files.readString(printed)));
  }

  private boolean isInstalled(String program) {
    return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }
}
