package dev.swax.runtime.task.text.needle;

import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.task.text.Words;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** What keys and values are made of. */
enum Symbol {
  /** {@code adjective-noun} of our own lists. */
  WORDS,
  /** Decimal numbers of a fixed count of digits, the first not 0. */
  NUMBERS,
  /** Random version-4 UUIDs in lower case. */
  UUIDS;

  String plural() {
    return name().toLowerCase(Locale.ROOT);
  }

  String singular() {
    return plural().substring(0, plural().length() - 1);
  }

  /** A symbol, each equally likely. */
  String draw(RandomStream random, int digits) {
    return switch (this) {
      case WORDS -> Words.pair(random);
      case NUMBERS -> number(random, digits);
      case UUIDS -> uuid(random.nextLong(), random.nextLong());
    };
  }

  /** A symbol with as many characters as any has. */
  String longest(int digits) {
    return switch (this) {
      case WORDS -> longest(Words.adjectives()) + "-" + longest(Words.nouns());
      case NUMBERS -> "9".repeat(digits);
      case UUIDS -> uuid(0, 0);
    };
  }

  private static String longest(List<String> words) {
    return words.stream().max(Comparator.comparingInt(String::length)).orElseThrow();
  }

  private static String number(RandomStream random, int digits) {
    int least = 1;
    for (int i = 1; i < digits; i++) {
      least *= 10;
    }
    return Integer.toString(least + random.nextInt(9 * least));
  }

  /**
   * RFC 9562: version 4 in bits 12 to 15 of the first half's end, variant 10 in the second's top.
   */
  private static String uuid(long high, long low) {
    long version = (high & ~0xF000L) | 0x4000L;
    long variant = (low & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(version, variant).toString();
  }
}
