package dev.swax.tokenizers;

import dev.swax.runtime.UserError;
import dev.swax.runtime.Utf8;
import dev.swax.runtime.token.TextDecoder;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.token.Tokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tokenizer of a {@code tokenizer.json}. */
final class HfTokenizer implements Tokenizer {
  private final LoadedFile file;
  private final Borders borders;
  private final Pieces pieces;
  private final List<Path> files;
  private final String description;

  /**
   * @param hash of the file's content
   * @param files that it was read from
   */
  HfTokenizer(LoadedFile file, Borders borders, String hash, List<Path> files) {
    this.file = file;
    this.borders = borders;
    this.pieces = new Pieces(file.library()::encode);
    this.files = List.copyOf(files);
    this.description =
        "hf(%s, before: %s, after: %s, end: %s, special: %s)"
            .formatted(hash, borders.before(), borders.after(), borders.end(), file.special());
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public String unit() {
    return "tokens";
  }

  @Override
  public int vocabulary() {
    return file.decoding().vocabulary();
  }

  @Override
  public int[] encode(String text) {
    int half = Utf8.firstHalf(text);
    if (half >= 0) {
      throw new UserError(
          "the text contains half of a surrogate pair, U+%04X, which is not UTF-8"
              .formatted((int) text.charAt(half)),
          null);
    }
    return pieces.encode(text);
  }

  @Override
  public Tokens document(byte[] text) {
    int[] tokens = encode(new String(text, StandardCharsets.UTF_8));
    return Tokens.of(around(borders.before(), tokens, borders.after()), vocabulary());
  }

  @Override
  public int[] prompt(String text) {
    return around(borders.before(), encode(text), List.of());
  }

  private static int[] around(List<Integer> before, int[] tokens, List<Integer> after) {
    return before.isEmpty() && after.isEmpty()
        ? tokens
        : Stream.of(
                before.stream().mapToInt(id -> id),
                IntStream.of(tokens),
                after.stream().mapToInt(id -> id))
            .flatMapToInt(part -> part)
            .toArray();
  }

  @Override
  public OptionalInt end() {
    Integer end = borders.end();
    return end == null ? OptionalInt.empty() : OptionalInt.of(end);
  }

  @Override
  public TextDecoder decoder() {
    return file.decoding().decoder(false);
  }

  /** The same with the text of special tokens. */
  TextDecoder wholeDecoder() {
    return file.decoding().decoder(true);
  }

  @Override
  public List<Path> files() {
    return files;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HfTokenizer tokenizer && tokenizer.description.equals(description);
  }

  @Override
  public int hashCode() {
    return description.hashCode();
  }
}
