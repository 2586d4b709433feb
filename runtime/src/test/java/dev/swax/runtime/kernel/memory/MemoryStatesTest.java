package dev.swax.runtime.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.kernel.memory.MemoryShape.Normalizer;
import dev.swax.runtime.kernel.tile.StatePages;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

/** States that one array cannot hold lie in several, and the sums over chunks are the same. */
class MemoryStatesTest {
  private static final MemoryShape SHAPE =
      new MemoryShape(3, 8, 16, 1f, Normalizer.MAX_ABS_ONE, true, true);
  private static final int HEADS = 6;
  private static final int BORDERS = 5;

  /** A million tokens, 8 heads of 256 x 512, chunks of 64: 8.6 times 2^31 floats. */
  @Test
  void moreFloatsThanAnArrayHoldsAreSpreadOverPages() {
    long states = 8L * ((1 << 20) / 64 + 1);
    int size = 256 * 512 + 256;
    var pages = new StatePages(1 << 30);
    pages.lay(states, size);
    long floats = 0;
    for (int page = 0; page < pages.count(); page++) {
      assertThat(pages.length(page)).isPositive().isLessThanOrEqualTo(1 << 30);
      floats += pages.length(page);
    }
    assertThat(floats).isEqualTo(states * size).isGreaterThan(Integer.MAX_VALUE);
    for (long state = 0; state < states; state++) {
      int end = pages.offset(state) + size;
      assertThat(pages.page(state)).isBetween(0, pages.count() - 1);
      assertThat(end).isBetween(size, pages.length(pages.page(state)));
    }
  }

  @Test
  void statesDoNotDependOnPages() {
    try (Arena arena = Arena.ofConfined()) {
      for (boolean back : new boolean[] {false, true}) {
        float[] whole = carried(new MemoryStates(), arena, back);
        assertThat(whole).isNotEqualTo(new float[whole.length]);
        for (int states : new int[] {0, 1, 2, 7, 29, 30}) {
          int floats = Math.toIntExact(states * MemoryStates.floats(1, 1, SHAPE));
          assertThat(carried(new MemoryStates(floats), arena, back))
              .as("%d states in a page", states)
              .isEqualTo(whole);
        }
      }
    }
  }

  @Test
  void pagesAreUsedAgain() {
    long each = MemoryStates.floats(1, 1, SHAPE);
    var states = new MemoryStates(Math.toIntExact(7 * each));
    states.grow(HEADS, BORDERS, SHAPE);
    long bytes = states.bytes();
    assertThat(bytes).isEqualTo(4 * HEADS * BORDERS * each);
    float[] page = states.values(0, 0);
    states.grow(HEADS, BORDERS - 1, SHAPE);
    states.grow(HEADS, BORDERS, SHAPE);
    assertThat(states.bytes()).isEqualTo(bytes);
    assertThat(states.values(0, 0)).isSameAs(page);
  }

  /** Every state of every head, after what each chunk adds has been carried on or back. */
  private static float[] carried(MemoryStates states, Arena arena, boolean back) {
    states.grow(HEADS, BORDERS, SHAPE);
    Tensor given = Tensor.allocate(arena, (long) HEADS * 8 * 17);
    float[] keeps = new float[HEADS * (BORDERS - 1)];
    for (int i = 0; i < keeps.length; i++) {
      keeps[i] = 1 - i / 64f;
    }
    for (int border = 0; border < BORDERS; border++) {
      for (int i = 0; i < given.length(); i++) {
        given.set(i, (i % 23 - 11) * (border + 1) / 8f);
      }
      for (int head = 0; head < HEADS; head++) {
        states.load(null, head, border, SHAPE);
        states.load(given, head, border, SHAPE);
      }
    }
    for (int head = 0; head < HEADS; head++) {
      for (int piece = 0; piece < states.pieces(); piece++) {
        if (back) {
          states.carryBack(head, piece, keeps);
        } else {
          states.carryOn(head, piece, keeps);
        }
      }
    }
    float[] all = new float[BORDERS * Math.toIntExact(given.length())];
    for (int border = 0; border < BORDERS; border++) {
      for (int head = 0; head < HEADS; head++) {
        states.store(given, head, border, SHAPE);
      }
      for (int i = 0; i < given.length(); i++) {
        all[border * Math.toIntExact(given.length()) + i] = given.get(i);
      }
    }
    return all;
  }
}
