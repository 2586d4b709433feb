package dev.swax.cli;

import dev.swax.compiler.diagnostic.DidYouMean;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;

/**
 * A command line that means nothing, in words.
 *
 * @param help what to type instead
 */
record Misuse(String message, String help) {

  static Misuse of(CommandLine.ParameterException fault) {
    CommandLine line = fault.getCommandLine();
    if (fault instanceof CommandLine.UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().getFirst();
      return word.startsWith("-") ? option(line, word) : verb(line, word);
    }
    String message = String.valueOf(fault.getMessage()).strip();
    return new Misuse(
        message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1), seeHelp(line));
  }

  private static Misuse option(CommandLine line, String word) {
    String message = "`%s` has no option `%s`".formatted(name(line), word);
    if (name(line).endsWith(" resume") && word.equals("--profile")) {
      return new Misuse(
          message + ": a run continues with the profile that it began with",
          "`--set path=value` changes single values");
    }
    List<String> known = List.copyOf(line.getCommandSpec().optionsMap().keySet());
    return new Misuse(
        message,
        DidYouMean.help(word, known).or(() -> behindTheVerb(line, word)).orElse(seeHelp(line)));
  }

  private static Optional<String> behindTheVerb(CommandLine line, String word) {
    boolean known =
        line.getSubcommands().values().stream()
            .anyMatch(verb -> verb.getCommandSpec().findOption(word) != null);
    return known
        ? Optional.of("options come after the verb: `%s VERB %s`".formatted(name(line), word))
        : Optional.empty();
  }

  private static Misuse verb(CommandLine line, String word) {
    List<String> verbs = List.copyOf(line.getSubcommands().keySet());
    if (verbs.isEmpty()) {
      return new Misuse(
          "`%s` does not take another argument, `%s`".formatted(name(line), word), seeHelp(line));
    }
    return new Misuse(
        "`%s` has no verb `%s`".formatted(name(line), word),
        word.endsWith(".swax")
            ? "the verb comes first: `%s %s %s`".formatted(name(line), verbs.getFirst(), word)
            : DidYouMean.help(word, verbs).orElse(seeHelp(line)));
  }

  private static String name(CommandLine line) {
    return line.getCommandSpec().qualifiedName();
  }

  private static String seeHelp(CommandLine line) {
    return "`%s --help`".formatted(name(line));
  }
}
