package dev.swax.compiler.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** First fit over columns: values that are not alive together may share them. */
final class ScratchAllocator {
  /** Columns {@code offset .. offset + columns} until step {@code lastUse} has run. */
  private record Block(int offset, int columns, int lastUse) {}

  private final List<Block> live = new ArrayList<>();
  private int widest;

  /** The offset of a free stretch. */
  int take(int columns, int lastUse) {
    live.sort(Comparator.comparingInt(Block::offset));
    int offset = 0;
    for (Block block : live) {
      if (offset + columns <= block.offset()) {
        break;
      }
      offset = Math.max(offset, block.offset() + block.columns());
    }
    live.add(new Block(offset, columns, lastUse));
    widest = Math.max(widest, offset + columns);
    return offset;
  }

  /** Frees what no later step reads. */
  void release(int step) {
    live.removeIf(b -> b.lastUse() <= step);
  }

  /** The most columns that were in use at once. */
  int widest() {
    return widest;
  }
}
