package dev.swax.runtime.token.hf;

import dev.swax.runtime.FileNames;
import dev.swax.runtime.UserError;
import dev.swax.runtime.declare.Argument;
import dev.swax.runtime.declare.ArgumentType;
import dev.swax.runtime.declare.Located;
import dev.swax.runtime.declare.Values;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.token.TokenizerDeclaration;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/** {@code hf("tokenizer.json", begin: "<s>", end: "</s>", special: false)}. */
public final class HfDeclaration {
  private static final String NAME = "hf";

  private static final Argument<Path> FILE =
      Argument.required("file", ArgumentType.text(HfDeclaration::path), "a tokenizer.json");

  private static final Argument<Optional<String>> BEGIN =
      Argument.optional(
          "begin",
          ArgumentType.text(HfDeclaration::token),
          Optional.empty(),
          "the file's own",
          "the token before every document, or \"\"");

  private static final Argument<Optional<String>> END =
      Argument.optional(
          "end",
          ArgumentType.text(HfDeclaration::token),
          Optional.empty(),
          "the file's own",
          "the token after every document, or \"\"");

  private static final Argument<Boolean> SPECIAL =
      Argument.optional(
          "special",
          ArgumentType.TRUTH,
          false,
          "whether text that looks like a special token is one");

  public static final TokenizerDeclaration DECLARATION =
      TokenizerDeclaration.of(NAME, HfDeclaration::make, FILE, BEGIN, END, SPECIAL);

  private HfDeclaration() {}

  private static Tokenizer make(Values given) {
    var file = new HfFile(given.of(FILE), given.of(BEGIN), given.of(END), given.of(SPECIAL));
    return ServiceLoader.load(HfLibrary.class)
        .findFirst()
        .orElseThrow(() ->
            new UserError(
                "`hf` needs the module swax-tokenizers, which is not on the class path",
                "start swax with `./swax`, or use `bytes` or `characters`"))
        .open(file);
  }

  private static Path path(Located text) {
    FileNames.requirePlain(text.texts().getFirst());
    return text.path();
  }

  private static Optional<String> token(Located text) {
    return Optional.of(text.texts().getFirst());
  }
}
