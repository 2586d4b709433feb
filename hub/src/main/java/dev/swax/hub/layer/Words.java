package dev.swax.hub.layer;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers and lists of layers as a person writes them in a swax file. */
public final class Words {
  private Words() {}

  /** All digits of a double: {@code 10k}, {@code 1e-6}, {@code 33.941125496954285}. */
  public static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      long whole = (long) value;
      if (whole >= 10_000_000_000L && whole % 1_000_000_000 == 0) {
        return scientific(BigDecimal.valueOf(whole));
      }
      if (whole >= 1_000_000 && whole % 1_000_000 == 0) {
        return whole / 1_000_000 + "M";
      }
      return whole >= 10_000 && whole % 1000 == 0 ? whole / 1000 + "k" : Long.toString(whole);
    }
    if (1 / value == Math.rint(1 / value) && 1 / value > 1 && 1 / value < 1e4) {
      return "1 / " + (long) (1 / value);
    }
    return fraction(value);
  }

  private static String fraction(double value) {
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    return Math.abs(value) >= 0.001 ? exact.toPlainString() : scientific(exact);
  }

  private static String scientific(BigDecimal exact) {
    int exponent = exact.precision() - exact.scale() - 1;
    return exact.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
  }

  /** A value times a number, or only the value where that is 1. */
  public static String times(double factor, String value) {
    return factor == 1 ? value : decimal(factor) + " * " + value;
  }

  /** The same as {@link #number}, but never as a quotient: {@code 0.25}. */
  public static String decimal(double value) {
    return value == Math.rint(value) ? number(value) : fraction(value);
  }

  /**
   * A list of layers by their repetitions: {@code blocks * [full]}, {@code blocks / 4 * (3 *
   * [local] + [full])}, {@code cycle(5 * [local] + [full], blocks)}, or run by run.
   */
  public static String pattern(List<String> layers) {
    for (int tile = 1; tile <= layers.size() / 2; tile++) {
      if (repeats(layers, tile)) {
        String runs = runs(layers.subList(0, tile));
        if (layers.size() % tile != 0) {
          return "cycle(" + runs + ", blocks)";
        }
        return (tile == 1 ? "blocks" : "blocks / " + tile)
            + " * "
            + (runs.contains("+") || runs.contains("*") ? "(" + runs + ")" : runs);
      }
    }
    return runs(layers);
  }

  private static boolean repeats(List<String> layers, int tile) {
    for (int i = tile; i < layers.size(); i++) {
      if (!layers.get(i).equals(layers.get(i % tile))) {
        return false;
      }
    }
    return true;
  }

  /** Run by run: {@code 3 * [local] + [full]}; different ones in turn as one list. */
  private static String runs(List<String> layers) {
    List<String> terms = new ArrayList<>();
    List<String> single = new ArrayList<>();
    for (int i = 0; i < layers.size(); ) {
      int end = i;
      while (end < layers.size() && layers.get(end).equals(layers.get(i))) {
        end++;
      }
      if (end - i == 1) {
        single.add(layers.get(i));
      } else {
        flush(single, terms);
        terms.add("%d * [%s]".formatted(end - i, layers.get(i)));
      }
      i = end;
    }
    flush(single, terms);
    return String.join(" + ", terms);
  }

  private static void flush(List<String> single, List<String> terms) {
    if (!single.isEmpty()) {
      terms.add("[" + String.join(", ", single) + "]");
      single.clear();
    }
  }

  /** A name for a model or a file, made of that of a folder: {@code SmolLM2-135M}. */
  public static String name(String folder) {
    String name =
        folder.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "").toLowerCase(Locale.ROOT);
    String begun = name.isEmpty() || Character.isDigit(name.charAt(0)) ? "model_" + name : name;
    return begun.substring(0, Math.min(60, begun.length()));
  }
}
