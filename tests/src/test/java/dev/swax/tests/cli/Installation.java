package dev.swax.tests.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * swax as a user has it: a copy of the launcher beside a finished build, which is that of the
 * tests.
 *
 * @param launcher the script
 */
public record Installation(Path launcher) {

  /** In a folder that is absent or empty. */
  public static Installation in(Path folder) throws IOException {
    Path build = folder.resolve("target/swax");
    Files.createDirectories(build.resolve("lib.tests"));
    writeJar(build.resolve("lib.tests/all.jar"));
    Files.writeString(build.resolve("current"), "lib.tests\n");
    Path launcher = folder.resolve("swax");
    Files.copy(Path.of(System.getProperty("swax.root"), "swax"), launcher);
    return new Installation(launcher);
  }

  /** A jar without classes whose manifest names the class path of the tests. */
  private static void writeJar(Path jar) throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath());
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(Files::exists)
        .map(path -> path.toUri().toString())
        .collect(Collectors.joining(" "));
  }

  /** Starts a verb in a folder. */
  Child start(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    return start(folder, command);
  }

  /** The same where no file may grow beyond so many KiB, as on a disk that is full. */
  Child startOnFullDisk(Path folder, int kibibytes, String... arguments) throws IOException {
    return shell(folder, "ulimit -f %d && exec \"$0\" \"$@\"".formatted(kibibytes), arguments);
  }

  /** The same from a line of a shell, which calls the launcher {@code "$0"}. */
  Child shell(Path folder, String line, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", "-c", line, launcher.toString()));
    command.addAll(List.of(arguments));
    return start(folder, command);
  }

  private static Child start(Path folder, List<String> command) throws IOException {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("SWAX_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SWAX_JAVA_OPTIONS", "-XX:CompileThresholdScaling=3"); // it ends soon
    return Child.start(builder);
  }
}
