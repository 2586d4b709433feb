package dev.swax.runtime.kernel.tile;

/**
 * How states are laid out in arrays, so that there may be more floats than an array holds: every
 * page but the last has the same number of whole states.
 */
public final class StatePages {
  private final int longest;
  private long states;
  private int size;
  private int perPage = 1;

  /** Pages of at most so many floats, or of one state. */
  public StatePages(int longest) {
    this.longest = longest;
  }

  /** For so many states of so many floats each. */
  public void lay(long count, int floats) {
    states = count;
    size = floats;
    perPage = Math.max(1, longest / floats);
  }

  /** Floats of one state. */
  public int size() {
    return size;
  }

  public int count() {
    return Math.toIntExact((states + perPage - 1) / perPage);
  }

  /** Floats of a page. */
  public int length(int page) {
    return (int) Math.min(perPage, states - (long) page * perPage) * size;
  }

  public int page(long state) {
    return (int) (state / perPage);
  }

  /** Where a state begins in its page. */
  public int offset(long state) {
    return (int) (state % perPage) * size;
  }
}
