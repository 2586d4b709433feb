package dev.swax.grid.report;

import dev.swax.grid.result.Entry;
import dev.swax.grid.result.Row;
import java.util.BitSet;
import java.util.List;

/**
 * Finds the best values of a row. Values that are written alike tie, and all of them are the best;
 * where all values of a row tie, or there is only one, none is. What is no finite number takes no
 * part.
 */
final class Best {
  private Best() {}

  static BitSet of(Row row, List<Entry> entries, NumberStyle style) {
    BitSet best = new BitSet();
    if (row.better() == Row.Better.UNSTATED) {
      return best;
    }
    BitSet compete = new BitSet();
    int winner = -1;
    for (int i = 0; i < entries.size(); i++) {
      if (Double.isFinite(mean(entries.get(i)))) {
        compete.set(i);
        if (winner < 0 || beats(row.better(), mean(entries.get(i)), mean(entries.get(winner)))) {
          winner = i;
        }
      }
    }
    if (winner < 0) {
      return best;
    }
    String written = style.write(mean(entries.get(winner)));
    compete.stream()
        .filter(i -> style.write(mean(entries.get(i))).equals(written))
        .forEach(best::set);
    return best.equals(compete) ? new BitSet() : best;
  }

  private static double mean(Entry entry) {
    return entry instanceof Entry.Value value ? value.mean() : Double.NaN;
  }

  private static boolean beats(Row.Better better, double a, double b) {
    return better == Row.Better.LOWER ? a < b : a > b;
  }
}
