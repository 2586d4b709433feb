package dev.swax.runtime.program;

import dev.swax.runtime.kernel.attention.AttentionBand;
import dev.swax.runtime.kernel.attention.AttentionCall;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/** The keys and values that the layers of a program keep while it evaluates. */
final class KeyCaches {
  private final Arena arena;
  private final int anchor;
  private final int context;
  private final int time;
  private final int texts;
  private final List<KeyCache> caches = new ArrayList<>();
  private final List<Shared> shared = new ArrayList<>();
  private long bytes;

  /**
   * @param anchor rows at the beginning of a text that are never dropped
   * @param context how many past rows are kept beside them
   * @param time the most rows of text appended at once
   * @param texts how many are evaluated side by side, each with keys of its own
   */
  KeyCaches(Arena arena, int anchor, int context, int time, int texts) {
    this.texts = texts;
    this.arena = arena;
    this.anchor = anchor;
    this.context = context;
    this.time = time;
  }

  /** One more. */
  KeyCache add(int keyColumns, int valueColumns) {
    var cache = new KeyCache(arena, keyColumns, valueColumns, anchor, context, time);
    cache.addTexts(arena, texts, time);
    bytes += texts * KeyCache.bytes(keyColumns, valueColumns, anchor, context, time);
    caches.add(cache);
    return cache;
  }

  /** The one cache of all layers that attend to the same keys and values. */
  KeyCache of(Tensor k, Tensor v, int keyColumns, int valueColumns) {
    for (Shared known : shared) {
      if (known.k == k && known.v == v) {
        return known.cache;
      }
    }
    KeyCache cache = add(keyColumns, valueColumns);
    shared.add(new Shared(k, v, cache));
    return cache;
  }

  private record Shared(Tensor k, Tensor v, KeyCache cache) {}

  /**
   * A call with the keys before it, which it is added to.
   *
   * @param cache of its text
   */
  static AttentionCall withPast(AttentionCall call, KeyCache cache, CarriedText text) {
    Documents documents = text.documents();
    int time = call.band().time();
    int window = call.band().window();
    int chunk = call.shape().chunk();
    boolean full = window == Integer.MAX_VALUE && chunk == 0;
    if (!full) {
      cache.require(chunk == 0 ? window : Math.min(window, chunk));
    }
    cache.append(call.k(), call.v(), time, text.position());
    if (full && documents.goesOn()) {
      cache.requireWholeDocument();
    }
    var band =
        new AttentionBand(
            1,
            time,
            cache.past(),
            window,
            documents.firstKeys(cache),
            call.band().position(),
            cache.anchor());
    return new AttentionCall(
        call.shape(),
        band,
        call.q(),
        cache.keys(),
        cache.values(),
        call.sinks(),
        call.y(),
        call.logSumExp());
  }

  void clear() {
    for (KeyCache cache : caches) {
      for (int text = 0; text < texts; text++) {
        cache.text(text).clear();
      }
    }
  }

  /** Lets a text keep what another one keeps. */
  void copy(int from, int to) {
    for (KeyCache cache : caches) {
      cache.text(to).copy(cache.text(from));
    }
  }

  long bytes() {
    return bytes;
  }
}
