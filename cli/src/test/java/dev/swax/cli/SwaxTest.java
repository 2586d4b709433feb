package dev.swax.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Verbs whose options are not read look as those do whose options are. */
class SwaxTest {
  private final PrintStream nowhere =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  private final Swax swax =
      new Swax(
          new Host(
              new Console(nowhere, nowhere, false, false, false),
              Path.of(""),
              Map.of(),
              () -> () -> false));

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "--version", "-V"})
  void helpOnSwaxIsTheSameWithoutTheOptionsOfVerbs(String option) {
    var quick = swax.commandLine(List.of(option));
    assertThat(quick.getUsageMessage()).isEqualTo(swax.commandLine(List.of()).getUsageMessage());
    assertThat(trainOf(quick).options()).isEmpty();
  }

  @Test
  void whatIsNotHelpAloneReadsThem() {
    var line = swax.commandLine(List.of("--help", "train"));
    assertThat(trainOf(line).options()).isNotEmpty();
  }

  private static CommandLine.Model.CommandSpec trainOf(CommandLine line) {
    return Objects.requireNonNull(line.getSubcommands().get("train")).getCommandSpec();
  }
}
