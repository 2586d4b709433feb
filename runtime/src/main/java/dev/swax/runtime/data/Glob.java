package dev.swax.runtime.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A pattern over paths with forward slashes: {@code *} and {@code ?} stay within a folder's name,
 * {@code **} crosses folders, and a whole folder {@code **}{@code /} also matches no folder at all.
 * More stars than two are two.
 *
 * <p>All places of the pattern that one may have reached are kept at once, so nothing is tried
 * twice: the time is at most the length of the path times that of the pattern.
 */
final class Glob {
  private enum Kind {
    /** This character. */
    CHARACTER,
    /** Any character of a folder's name. */
    ONE,
    /** Any number of them. */
    STAR,
    /** Any number of any characters. */
    STARS,
    /** Any number of whole folders. */
    FOLDERS
  }

  private record Part(Kind kind, int character) {
    boolean mayBeNothing() {
      return kind != Kind.CHARACTER && kind != Kind.ONE;
    }
  }

  private final List<Part> parts = new ArrayList<>();

  Glob(String text) {
    int i = 0;
    while (i < text.length()) {
      int character = text.codePointAt(i);
      int end = i + Character.charCount(character);
      if (character == '*') {
        while (end < text.length() && text.charAt(end) == '*') {
          end++;
        }
        boolean startsFolder = i == 0 || text.charAt(i - 1) == '/';
        boolean folders = end - i > 1 && startsFolder && text.startsWith("/", end);
        add(folders ? Kind.FOLDERS : end - i > 1 ? Kind.STARS : Kind.STAR, '*');
        end += folders ? 1 : 0;
      } else {
        add(character == '?' ? Kind.ONE : Kind.CHARACTER, character);
      }
      i = end;
    }
  }

  private void add(Kind kind, int character) {
    var part = new Part(kind, character);
    if (!part.mayBeNothing() || parts.isEmpty() || !parts.getLast().equals(part)) {
      parts.add(part);
    }
  }

  /** Whether the text says more than one path. */
  static boolean isPattern(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  /** Whether {@code path} matches as a whole. */
  boolean matches(String path) {
    return accepts(after(start(), path));
  }

  /** The places before the first character of a path. */
  BitSet start() {
    var places = new BitSet();
    enter(0, places);
    return places;
  }

  /** The places after more of a path; none where no path that begins so matches. */
  BitSet after(BitSet places, String text) {
    BitSet now = places;
    BitSet[] sets = {new BitSet(parts.size() + 1), new BitSet(parts.size() + 1)};
    int turn = 0;
    for (int i = 0; i < text.length() && !now.isEmpty(); i++) {
      int character = text.codePointAt(i);
      i += Character.charCount(character) - 1;
      BitSet next = sets[turn];
      next.clear();
      for (int at = now.nextSetBit(0); at >= 0; at = now.nextSetBit(at + 1)) {
        if (at < parts.size()) {
          step(at, character, next);
        }
      }
      now = next;
      turn = 1 - turn;
    }
    return now;
  }

  /** Whether a path that ends at these places matches. */
  boolean accepts(BitSet places) {
    return places.get(parts.size());
  }

  private void step(int at, int character, BitSet next) {
    Part part = parts.get(at);
    switch (part.kind()) {
      case CHARACTER -> {
        if (part.character() == character) {
          enter(at + 1, next);
        }
      }
      case ONE -> {
        if (character != '/') {
          enter(at + 1, next);
        }
      }
      case STAR -> {
        if (character != '/') {
          enter(at, next);
        }
      }
      case STARS -> enter(at, next);
      case FOLDERS -> {
        next.set(at);
        if (character == '/') {
          enter(at + 1, next);
        }
      }
    }
  }

  /** A place, and those behind parts that may be nothing. */
  private void enter(int place, BitSet places) {
    int at = place;
    places.set(at);
    while (at < parts.size() && parts.get(at).mayBeNothing()) {
      places.set(++at);
    }
  }
}
