package dev.swax.runtime.kernel.tile;

import java.util.Arrays;
import java.util.stream.Stream;

/** Tiles of one size, some for each head. All of them may be more floats than an array holds. */
public final class TilePages {
  private static final int LONGEST_PAGE = 1 << 30;

  private final StatePages layout;
  private float[][] pages = {};
  private int slots;

  public TilePages() {
    this(LONGEST_PAGE);
  }

  /** With arrays of at most so many floats, or of one tile. */
  public TilePages(int longestPage) {
    layout = new StatePages(longestPage);
  }

  /** Makes room for {@code slots} tiles of {@code floats} floats for each head. */
  public void grow(int heads, int slots, int floats) {
    this.slots = slots;
    layout.lay((long) heads * slots, floats);
    if (pages.length < layout.count()) {
      pages = Arrays.copyOf(pages, layout.count());
    }
    for (int page = 0; page < layout.count(); page++) {
      float[] known = pages[page];
      if (known == null || known.length < layout.length(page)) {
        pages[page] = new float[layout.length(page)];
      }
    }
  }

  /** Tiles of a head. */
  public int slots() {
    return slots;
  }

  /** Floats of a tile. */
  public int size() {
    return layout.size();
  }

  /** The array that holds a tile. */
  public float[] values(int head, int slot) {
    return pages[layout.page(index(head, slot))];
  }

  /** Where the tile begins in it. */
  public int at(int head, int slot) {
    return layout.offset(index(head, slot));
  }

  private long index(int head, int slot) {
    return (long) head * slots + slot;
  }

  public long bytes() {
    return Stream.of(pages).mapToLong(page -> 4L * page.length).sum();
  }
}
