package dev.swax.runtime.token.characters;

import dev.swax.runtime.UserError;
import dev.swax.runtime.Utf8;
import dev.swax.runtime.declare.Argument;
import dev.swax.runtime.declare.ArgumentType;
import dev.swax.runtime.token.TextDecoder;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.token.TokenizerDeclaration;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Every character of the text, a Unicode code point, is a token. The characters are given; their
 * tokens are in the order of the code points, however they are written.
 */
public final class CharacterTokenizer implements Tokenizer {
  private static final String NAME = "characters";

  /** Of missing characters, in a message. */
  private static final int MOST_NAMED = 500;

  private static final Argument<String> OF =
      Argument.required(
          "of",
          ArgumentType.text(text -> text.texts().getFirst()),
          "every character of the text, once");

  public static final TokenizerDeclaration DECLARATION =
      TokenizerDeclaration.of(NAME, given -> of(given.of(OF)), OF);

  /** Tokens of the first characters, -1 where there is none; most text has no others. */
  private final int[] latin = new int[256];

  private final int[] characters;
  private final byte[][] bytes;

  private CharacterTokenizer(int[] characters) {
    this.characters = characters;
    this.bytes = new byte[characters.length][];
    Arrays.fill(latin, -1);
    for (int token = 0; token < characters.length; token++) {
      int character = characters[token];
      bytes[token] = Character.toString(character).getBytes(StandardCharsets.UTF_8);
      if (character < latin.length) {
        latin[character] = token;
      }
    }
  }

  /** The tokenizer of these characters. */
  static CharacterTokenizer of(String text) {
    if (text.isEmpty()) {
      throw new UserError(
          "`characters` has none, but every character of the text is needed",
          "`characters(\"\\nabc\")`");
    }
    int half = Utf8.firstHalf(text);
    if (half >= 0) {
      throw new UserError(
          "`characters` has half of one, U+%04X".formatted((int) text.charAt(half)), null);
    }
    int[] sorted = text.codePoints().sorted().toArray();
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        throw new UserError(
            "`characters` has %s twice".formatted(shown(sorted[i])), "write it once");
      }
    }
    return new CharacterTokenizer(sorted);
  }

  @Override
  public String describe() {
    return "%s(%s)".formatted(NAME, quoted(new String(characters, 0, characters.length)));
  }

  @Override
  public String unit() {
    return NAME;
  }

  @Override
  public int vocabulary() {
    return characters.length;
  }

  @Override
  public int[] encode(String text) {
    int[] tokens = new int[text.codePointCount(0, text.length())];
    int at = 0;
    for (int i = 0; i < tokens.length; i++) {
      int character = text.codePointAt(at);
      tokens[i] = character < latin.length ? latin[character] : find(character);
      if (tokens[i] < 0) {
        throw missing(character, text, at);
      }
      at += Character.charCount(character);
    }
    return tokens;
  }

  @Override
  public TextDecoder decoder() {
    return TextDecoder.of(token -> bytes[token]);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CharacterTokenizer tokenizer
        && Arrays.equals(tokenizer.characters, characters);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(characters);
  }

  private int find(int character) {
    return Arrays.binarySearch(characters, character);
  }

  /** Names all of the text that is missing, so that the user types it once. */
  private UserError missing(int character, String text, int at) {
    long line = 1 + text.substring(0, at).chars().filter(c -> c == '\n').count();
    int[] all = text.codePoints().filter(each -> find(each) < 0).distinct().sorted().toArray();
    String more =
        all.length == 1 ? "" : ", and %d more of its characters".formatted(all.length - 1);
    return new UserError(
        "`characters` lacks %s, which stands on line %d of the text%s"
            .formatted(shown(character), line, more),
        all.length > MOST_NAMED
            ? null
            : "add %s to `characters`, or take another text"
                .formatted(quoted(new String(all, 0, all.length))));
  }

  /** {@code `é` (U+00E9)}, or only the number of what cannot be seen. */
  private static String shown(int character) {
    String number = "U+%04X".formatted(character);
    boolean seen =
        character > ' '
            && Character.isDefined(character)
            && !Character.isISOControl(character)
            && !Character.isWhitespace(character);
    return seen ? "`%s` (%s)".formatted(Character.toString(character), number) : number;
  }

  private static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t")
        + '"';
  }
}
