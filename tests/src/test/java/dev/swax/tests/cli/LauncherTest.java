package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.cli.Main;
import dev.swax.runtime.process.ProcessSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher says where something that it needs is missing: one sentence. */
class LauncherTest {
  private static final String SEARCHED = "/usr/lib/jvm/* \"$HOME\"/.sdkman/candidates/java/*";

  @TempDir Path folder = Path.of("");

  @Test
  void noJdkAtAll() throws Exception {
    Run run = run(bareLauncher(), Map.of("PATH", "", "HOME", folder.toString()));
    refused(run, "swax needs a JDK 25 or newer, and none was found", "SWAX_JAVA_HOME");
  }

  /** Java that is killed tells nobody; the script ends with the code that asks for `resume`. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aKilledProcessOfSeveralIsNamed() throws Exception {
    Run killed = ofTwo("kill -9 $$\n");
    assertThat(killed.code()).as(killed.err()).isEqualTo(75);
    assertThat(killed.err())
        .startsWith("error: process 1 on ")
        .contains(" was killed (SIGKILL)", "swax resume RUN");
    assertThat(killed.err().lines()).hasSize(2);
    assertThat(ofTwo("exit 2\n")).isEqualTo(new Run(2, "", ""));
    String tellsSignals = "trap 'echo got TERM; exit 75' TERM\nkill -TERM $PPID\nsleep 9 & wait\n";
    assertThat(ofTwo(tellsSignals)).isEqualTo(new Run(75, "got TERM\n", ""));
  }

  /** OpenCL on the processor brings a compiler that takes signals which Java needs for itself. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void javaIsAskedFirstForItsSignalsWhereADeviceComputes() throws Exception {
    Path home = jdk("fake", "25.0.3", "echo \"$LD_PRELOAD\"\n");
    Path library = Files.createDirectory(home.resolve("lib")).resolve("libjsig.so");
    Files.createSymbolicLink(
        library, Path.of(System.getProperty("java.home"), "lib", "libjsig.so"));
    Path sdk = Files.createDirectory(folder.resolve("sdk"));
    Files.writeString(sdk.resolve("tornado-argfile"), "");
    Installation swax = Installation.in(folder.resolve("swax"));
    Map<String, String> environment =
        Map.of("SWAX_JAVA_HOME", home.toString(), "TORNADOVM_HOME", sdk.toString());
    for (List<String> device : List.of(List.of("train", "--device=tornado"), List.of("doctor"))) {
      assertThat(run(swax, environment, device)).isEqualTo(new Run(0, library + "\n", ""));
    }
    assertThat(run(swax, environment, List.of("train"))).isEqualTo(new Run(0, "\n", ""));
  }

  private Run run(Installation swax, Map<String, String> environment, List<String> arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(swax.launcher().toString()));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    try (Child child = Child.start(builder.directory(folder.toFile()))) {
      return child.await();
    }
  }

  /** The second of two processes of a training, whose Java is that script. */
  private Run ofTwo(String java) throws Exception {
    Path home = jdk("fake", "25.0.3", java);
    Installation swax = Installation.in(Files.createTempDirectory(folder, "swax"));
    Map<String, String> environment =
        Map.of(
            "SWAX_JAVA_HOME", home.toString(),
            "OMPI_COMM_WORLD_SIZE", "2",
            "OMPI_COMM_WORLD_RANK", "1");
    return run(swax, environment, List.of("train", "m.swax"));
  }

  @Test
  void anOlderJdkIsNotTaken() throws Exception {
    Path old = jdk("old", "17.0.9");
    Map<String, String> environment =
        Map.of("PATH", old.resolve("bin").toString(), "JAVA_HOME", old.toString(), "HOME", "/none");
    refused(run(bareLauncher(), environment), "needs a JDK 25 or newer, and none was found");
  }

  @Test
  void aFolderThatIsNoJdkIsRefusedByName() throws Exception {
    Path old = jdk("old", "17.0.9");
    for (String home : List.of(old.toString(), folder.resolve("nothing").toString())) {
      refused(
          run(bareLauncher(), Map.of("PATH", "/usr/bin:/bin", "SWAX_JAVA_HOME", home)),
          "SWAX_JAVA_HOME is " + home,
          "unset SWAX_JAVA_HOME");
    }
  }

  @Test
  void aJdkThatCorruptsArraysIsNamed() throws Exception {
    for (String version : List.of("25", "25.0.2", "25.0.3")) {
      Path home = jdk(version, version);
      Run run = run(bareLauncher(), Map.of("PATH", "", "SWAX_JAVA_HOME", home.toString()));
      assertThat(run.err().contains("warning: " + home + " corrupts pinned arrays"))
          .as("%s: %s", version, run.err())
          .isEqualTo(!version.equals("25.0.3"));
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFolderThatIsGoneIsSaid() throws Exception {
    Installation swax = Installation.in(folder.resolve("swax"));
    Path gone = Files.createDirectory(folder.resolve("gone"));
    String line = "cd '%s' && rmdir '%s' && exec \"$0\" --version".formatted(gone, gone);
    try (Child child = swax.shell(folder, line)) {
      child.await().isRefused("the folder that swax was started in does not exist any more");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void limitsThatJavaCannotLiveWithAreNamed() throws Exception {
    Installation swax = Installation.in(folder.resolve("swax"));
    try (Child child = swax.shell(folder, "ulimit -n 40; exec \"$0\" --version")) {
      child.await().isRefused("open files is limited to 40, but swax needs 128");
    }
    try (Child child = swax.shell(folder, "ulimit -v 1000000; exec \"$0\" --version")) {
      child.await().isRefused("address space, in KiB, is limited to 1000000");
    }
  }

  /** Java starts without, and says nothing of it. */
  @Test
  void aCacheThatDoesNotFitIsNotTaken() throws Exception {
    Installation swax = Installation.in(folder.resolve("swax"));
    Path build = folder.resolve("swax/target/swax/lib.tests");
    Files.writeString(build.resolve("looking.aot"), "no cache");
    Files.writeString(build.resolve("commit"), "0123abc\n");
    try (Child child = swax.start(folder, "--version")) {
      Run run = child.await();
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out()).startsWith("swax ").contains(" (commit 0123abc)\njava ");
      assertThat(run.err()).isEmpty();
    }
  }

  @Test
  void noMavenForTheFirstBuild() throws Exception {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : List.of("cat", "find", "head", "mkdir", "rm")) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
    }
    Map<String, String> environment =
        Map.of("PATH", tools.toString(), "SWAX_JAVA_HOME", System.getProperty("java.home"));
    refused(run(bareLauncher(), environment), "no mvn on the PATH", "install Maven");
  }

  @Test
  void aLinkToTheLauncherFindsItsBuild() throws Exception {
    Installation swax = Installation.in(folder.resolve("swax"));
    Path elsewhere = Files.createDirectories(folder.resolve("bin"));
    Path link = elsewhere.resolve("swax");
    Files.createSymbolicLink(link, Path.of("../swax/swax"));
    try (Child child = new Installation(link).start(folder, "--version")) {
      assertThat(child.await().out()).startsWith("swax ");
    }
    assertThat(swax.launcher()).exists();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void namesOfFilesAreUtf8WhateverTheLocale() throws Exception {
    Installation swax = Installation.in(folder.resolve("swax"));
    Files.writeString(
        folder.resolve("m.swax"),
        "edition 1\ndata text {\n  files = [\"text/*\"]\n  held_out = 0%\n}\n");
    String files =
        "mkdir text; for n in gr\\303\\266\\303\\237e gr\\303\\244\\303\\237e"
            + " \\346\\250\\241 \\345\\236\\213; do echo x >text/$(printf $n); done; ";
    String line = files + "LC_ALL=xx_YY.UTF-8 LANG=xx_YY.UTF-8 exec \"$0\" check m.swax";
    try (Child child = swax.shell(folder, line)) {
      child.await().isRefused("no file is left for validation: 0.0 % of 4 files are held out");
    }
    try (Child child =
        swax.shell(folder, "echo x >text/$(printf '\\351'); exec \"$0\" check m.swax")) {
      child.await().isRefused("is not UTF-8, so it cannot be distinguished from other names");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aJavaThatDoesNotReadNamesIsRefused() throws Exception {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "--version");
    builder.environment().put("LC_ALL", "POSIX");
    try (Child child = Child.start(builder)) {
      child.await().isRefused("Java reads file names as ANSI", "LC_ALL=C.UTF-8");
    }
  }

  /**
   * A process that was started from a build goes on loading classes from it, however often it is
   * built.
   */
  @Test
  void aBuildThatIsInUseOutlivesTheNextOnes() throws Exception {
    Installation swax = Installation.in(folder.resolve("swax"));
    Path built = folder.resolve("swax/target/swax");
    long dead = ended();
    Path leases = Files.createDirectory(built.resolve("leases"));
    String here = ProcessSpace.current().orElse("");
    for (String build : List.of("used", "left", "far", "longago", "bare")) {
      Files.createDirectory(built.resolve("lib." + build));
    }
    Files.writeString(leases.resolve("lib.used." + ProcessHandle.current().pid()), here + "\n");
    Files.writeString(leases.resolve("lib.left." + dead), here + "\n");
    Files.writeString(leases.resolve("lib.far.1"), "another boot/1\n");
    Path longAgo = Files.writeString(leases.resolve("lib.longago.1"), "another boot/1\n");
    Files.setLastModifiedTime(longAgo, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
    rebuilt(swax);
    assertThat(built.resolve("lib.used")).exists();
    assertThat(built.resolve("lib.far")).as("in another container").exists();
    for (String build : List.of("left", "longago", "bare")) {
      assertThat(built.resolve("lib." + build)).doesNotExist();
    }
    assertThat(leases.resolve("lib.left." + dead)).doesNotExist();
    assertThat(built.resolve("lib.tests")).as("the last one, which may be about to start").exists();
  }

  @Test
  void whatIsNewerThanTheBuildIsBuilt() throws Exception {
    Installation swax = Installation.in(folder.resolve("swax"));
    Path home = jdk("jdk", "25.0.3");
    for (String module : List.of("hub", "stdlib", "benchmarks")) {
      Path pom = folder.resolve("swax").resolve(module).resolve("pom.xml");
      Path sources = Files.createDirectories(pom.resolveSibling("src/main"));
      Files.setLastModifiedTime(sources, FileTime.fromMillis(0));
      Files.setLastModifiedTime(Files.writeString(pom, ""), FileTime.fromMillis(0));
    }
    assertThat(startedOld(swax, home).err()).doesNotContain("building");
    for (String source : List.of("hub/src/main/A.java", "stdlib/swax/a.swax")) {
      Path file = folder.resolve("swax").resolve(source);
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, "");
      assertThat(startedOld(swax, home).err()).as(source).contains("sources have changed");
      Files.delete(file);
      Files.setLastModifiedTime(file.resolveSibling("."), FileTime.fromMillis(0));
    }
    Files.writeString(folder.resolve("swax/benchmarks/src/main/A.java"), "");
    assertThat(startedOld(swax, home).err()).doesNotContain("building");
  }

  /** Starts swax with sources that are newer than its build. */
  private void rebuilt(Installation swax) throws Exception {
    Files.writeString(swax.launcher().resolveSibling("pom.xml"), "");
    Run run = startedOld(swax, Path.of(System.getProperty("java.home")));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("building");
  }

  /** Starts swax with a build that is a minute old, and something in place of Maven. */
  private Run startedOld(Installation swax, Path home) throws Exception {
    Path root = swax.launcher().resolveSibling(".").normalize();
    Files.setLastModifiedTime(
        root.resolve("target/swax/current"), FileTime.from(Instant.now().minusSeconds(60)));
    Path maven = Files.createDirectories(folder.resolve("maven")).resolve("mvn");
    String script =
        """
        #!/bin/sh
        mkdir -p "%1$s/cli/target/lib"
        cp "%1$s"/target/swax/lib.tests/all.jar "%1$s/cli/target/lib/"
        touch "%1$s/cli/target/swax-cli-0.jar"
        """;
    Files.writeString(maven, script.formatted(root));
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    var builder = new ProcessBuilder(swax.launcher().toString(), "--version");
    builder.environment().put("SWAX_JAVA_HOME", home.toString());
    builder.environment().put("SWAX_AOT", "off");
    builder
        .environment()
        .merge("PATH", folder.resolve("maven").toString(), (path, own) -> own + ":" + path);
    try (Child child = Child.start(builder.directory(folder.toFile()))) {
      return child.await();
    }
  }

  /** The number of a process that has ended. */
  private static long ended() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    return process.pid();
  }

  /** The launcher alone, which looks for a JDK in no fixed place of this machine. */
  private Path bareLauncher() throws IOException {
    String text = Files.readString(Path.of(System.getProperty("swax.root"), "swax"));
    assertThat(text).contains(SEARCHED);
    Path launcher = Files.createDirectories(folder.resolve("bare")).resolve("swax");
    return Files.writeString(
        launcher,
        text.replace(SEARCHED, "").replace("/opt/java/*", "").replace("/Library/", "/-/"));
  }

  /** What looks like a JDK of that version, whose Java is that script. */
  private Path jdk(String name, String version, String java) throws IOException {
    Path home = jdk(name, version);
    Files.writeString(home.resolve("bin/java"), "#!/bin/sh\n" + java);
    return home;
  }

  /** What looks like a JDK of that version. */
  private Path jdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    for (String tool : List.of("java", "javac")) {
      Path file = Files.writeString(home.resolve("bin").resolve(tool), "#!/bin/sh\nexit 3\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
    return home;
  }

  private Run run(Path launcher, Map<String, String> environment) throws Exception {
    var builder = new ProcessBuilder("/bin/bash", launcher.toString(), "--version");
    builder.environment().clear();
    builder.environment().putAll(environment);
    try (Child child = Child.start(builder.directory(folder.toFile()))) {
      return child.await();
    }
  }

  private static void refused(Run run, String... told) {
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(told);
    assertThat(run.err().lines()).as("a sentence and its help").hasSize(2);
    assertThat(run.out()).isEmpty();
  }
}
