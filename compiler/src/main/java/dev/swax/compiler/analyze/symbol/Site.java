package dev.swax.compiler.analyze.symbol;

import dev.swax.compiler.analyze.evaluate.Accepted;
import dev.swax.compiler.analyze.evaluate.Wanted;
import java.util.List;

/**
 * What can be written at a place.
 *
 * @param keys names that can be set there
 * @param sign what comes between such a name and its value
 * @param values names in sight, nearest first; empty where no value can stand
 * @param wanted what the place accepts
 * @param words that begin another kind of line there
 */
public record Site(
    List<Symbol> keys, String sign, List<Symbol> values, Accepted wanted, List<String> words) {
  public Site {
    keys = List.copyOf(keys);
    values = List.copyOf(values);
    words = List.copyOf(words);
  }

  /** Where only a key can stand, or one of some words. */
  static Site ofKeys(List<Symbol> keys, String sign, String... words) {
    return new Site(keys, sign, List.of(), Wanted.ANY, List.of(words));
  }

  /** Where only a value can stand. */
  static Site ofValues(List<Symbol> values, Accepted wanted) {
    return new Site(List.of(), "", values, wanted, List.of());
  }
}
