package dev.swax.dist;

import dev.swax.cli.Version;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The page of the manual: each verb with its options, as {@code --help} has them. */
final class ManPage {
  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  /** In the language of troff, with the macros of {@code man}. */
  static String of(CommandSpec swax) {
    var page = new ManPage();
    page.macro("TH", "SWAX 1 \"\" \"swax " + Version.TEXT + "\"");
    page.macro("SH", "NAME");
    page.text(List.of("swax - trains hybrid sequence models"));
    page.macro("SH", "SYNOPSIS");
    page.text(List.of("swax VERB [OPTIONS]"));
    page.macro("SH", "DESCRIPTION");
    page.text(List.of(swax.usageMessage().description()));
    page.macro("SH", "VERBS");
    swax.subcommands().forEach((name, line) -> page.verb("swax " + name, line));
    page.macro("SH", "EXIT STATUS");
    for (String line : swax.usageMessage().footer()) {
      page.text(List.of(line.strip()));
      page.macro("br", "");
    }
    return page.page.toString();
  }

  private void verb(String name, CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    StringBuilder synopsis = new StringBuilder(name);
    spec.positionalParameters().forEach(p -> synopsis.append(' ').append(usage(p)));
    macro("SS", synopsis.toString());
    text(List.of(spec.usageMessage().description()));
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      entry(parameter.paramLabel(), parameter.description());
    }
    for (OptionSpec option : spec.options()) {
      if (!option.hidden() && !option.usageHelp() && !option.versionHelp()) {
        String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        entry(String.join(", ", option.names()) + label, option.description());
      }
    }
    spec.subcommands().forEach((verb, inner) -> verb(name + " " + verb, inner));
  }

  /** {@code FILE}, {@code [FILE]}, or with {@code ...} behind it where there may be several. */
  private static String usage(PositionalParamSpec parameter) {
    String label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
    return parameter.required() ? label : "[" + label + "]";
  }

  private void entry(String name, String... description) {
    macro("TP", "");
    text(List.of(name));
    text(List.of(description));
  }

  private void macro(String name, String arguments) {
    page.append(('.' + name + ' ' + arguments.replace("-", "\\-")).stripTrailing()).append('\n');
  }

  /** A line that begins with a point or a quote would be a command. */
  private void text(List<String> lines) {
    for (String line : lines) {
      for (String part : line.replace("%n", "\n").replace("%%", "%").split("\n")) {
        String plain = part.strip().replace("\\", "\\e").replace("-", "\\-");
        page.append(plain.startsWith(".") || plain.startsWith("'") ? "\\&" : "").append(plain);
        page.append('\n');
      }
    }
  }
}
