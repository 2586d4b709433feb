package dev.swax.runtime.task.text.needle;

import dev.swax.runtime.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * Keys and values of a sample, none twice.
 *
 * @param sentences in the order in which they are placed
 * @param queries the keys asked for
 * @param answers their values, key by key
 */
record Needles(
    SequencedSet<String> keys, List<String> sentences, List<String> queries, List<String> answers) {
  /** The permutation of four that RULER's seed gives in each of its samples. */
  private static final int[] FOUR = {2, 1, 3, 0};

  static Needles draw(NeedleKind kind, NeedleOptions options, RandomStream random) {
    List<String> keys = distinct(kind.key(), kind.keys(), options, random.child("keys"));
    List<String> values = distinct(kind.value(), kind.needles(), options, random.child("values"));
    return of(kind, options, keys, values, random);
  }

  /** Needles as long as any of the kind; their keys and values are the same. */
  static Needles longest(NeedleKind kind, NeedleOptions options) {
    return of(
        kind,
        options,
        Collections.nCopies(kind.keys(), kind.key().longest(options.digits())),
        Collections.nCopies(kind.needles(), kind.value().longest(options.digits())),
        new RandomStream(0, "longest"));
  }

  private static Needles of(
      NeedleKind kind,
      NeedleOptions options,
      List<String> keys,
      List<String> values,
      RandomStream random) {
    List<String> written = new ArrayList<>();
    for (int i = 0; i < kind.needles(); i++) {
      String key = keys.get(i / kind.valuesPerKey());
      written.add(options.frame().needle(kind.value(), key, values.get(i)));
    }
    List<String> sentences = new ArrayList<>();
    for (int i : order(kind.needles(), options.order(), random.child("order"))) {
      sentences.add(written.get(i));
    }
    List<String> queries = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    for (int key : first(random.child("queries").permutation(kind.keys()), kind.queries())) {
      queries.add(keys.get(key));
      answers.addAll(values.subList(key * kind.valuesPerKey(), (key + 1) * kind.valuesPerKey()));
    }
    return new Needles(new LinkedHashSet<>(keys), sentences, queries, answers);
  }

  private static int[] order(int count, NeedleOptions.Order order, RandomStream random) {
    return order == NeedleOptions.Order.FIXED && count == FOUR.length
        ? FOUR
        : random.permutation(count);
  }

  private static int[] first(int[] values, int count) {
    return Arrays.copyOf(values, count);
  }

  private static List<String> distinct(
      Symbol symbol, int count, NeedleOptions options, RandomStream random) {
    SequencedSet<String> drawn = new LinkedHashSet<>();
    while (drawn.size() < count) {
      drawn.add(symbol.draw(random, options.digits()));
    }
    return List.copyOf(drawn);
  }
}
