package dev.swax.runtime.train;

import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.ParameterSpec;
import dev.swax.runtime.program.Shares;
import dev.swax.runtime.program.UpdateRule;
import dev.swax.runtime.rank.Ranks;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Gradients that are summed over lanes in a binary tree: the first two, the next two, then these
 * sums, and so on. A process has lanes that follow each other, whose sum is a node of the tree, so
 * every bit is the same for any number of processes. Above these nodes each process sums, and then
 * updates, its share of the numbers; it gets them, and gives its new weights, as they are.
 */
final class GradientsInLanes implements StepGradients {
  /** Numbers that a process gets from every other at a time. */
  private static final int CHUNK = 1 << 20;

  private final Arena arena = Arena.ofShared();
  private final Together together;
  private final Ranks ranks;
  private final Shares shares;
  private final Kernels kernels;
  private final Tensor sum;
  private final List<Tensor> waiting = new ArrayList<>();
  private final Tensor chunks;
  private final Tensor[] chunk;
  private final MemorySegment squares;
  private final long[] squareBounds;
  private final long[] weightBounds;
  private int lane;

  /**
   * For so many lanes of this process, a power of 2.
   *
   * @param together with the parameters whose gradients are those of one lane
   */
  GradientsInLanes(Together together, int lanes) {
    this.together = together;
    this.ranks = together.ranks();
    this.shares = together.shares();
    this.kernels = together.kernels();
    this.sum = together.parameters().gradients();
    for (int wide = 1; wide < lanes; wide *= 2) {
      waiting.add(Tensor.allocate(arena, shares.layout().length()));
    }
    int size = ranks.size();
    long most = size == 1 ? 0 : Math.min(CHUNK, shares.largest());
    chunks = Tensor.allocate(arena, size * most);
    chunk = new Tensor[size];
    for (int i = 0; i < size; i++) {
      chunk[i] = chunks.slice(i * most, most);
    }
    squares = arena.allocate(ValueLayout.JAVA_DOUBLE, shares.pieces().size());
    squareBounds = new long[size + 1];
    weightBounds = new long[size + 1];
    for (int i = 0; i <= size; i++) {
      squareBounds[i] = (long) shares.firstPiece(i) * Double.BYTES;
      weightBounds[i] = shares.bound(i) * Float.BYTES;
    }
  }

  @Override
  public void begin(int lane) {
    this.lane = lane;
    sum.clear();
  }

  /** Adds the sums that wait for this one, then waits itself where another lane follows. */
  @Override
  public void end(int lane) {
    int level = 0;
    for (int done = lane; done % 2 == 1; done /= 2) {
      add(waiting.get(level), sum, sum.length());
      level++;
    }
    if (level < waiting.size()) {
      waiting.get(level).segment().copyFrom(sum.segment());
    }
  }

  /** {@code sum += more}, of so many numbers. */
  private void add(Tensor more, Tensor sum, long length) {
    for (long from = 0; from < length; from += CHUNK) {
      int count = (int) Math.min(CHUNK, length - from);
      kernels.addParts(more.slice(from, count), 1, count, sum.slice(from, count));
    }
  }

  @Override
  public double sumOfSquares() {
    if (1 << waiting.size() != lane + 1) {
      throw new IllegalStateException(
          "%d lanes have been summed of %d".formatted(lane + 1, 1 << waiting.size()));
    }
    for (long from = 0; ranks.size() > 1 && from < shares.largest(); from += CHUNK) {
      sumChunk(from);
    }
    List<Shares.Piece> pieces = shares.pieces();
    for (int i = shares.firstPiece(ranks.rank()); i < shares.firstPiece(ranks.rank() + 1); i++) {
      Shares.Piece piece = pieces.get(i);
      Tensor numbers = sum.slice(start(piece), piece.length());
      squares.setAtIndex(ValueLayout.JAVA_DOUBLE, i, kernels.sumOfSquares(numbers));
    }
    ranks.allGather(squares, squareBounds);
    double all = 0;
    for (int i = 0; i < pieces.size(); i++) {
      all += squares.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
    }
    return all;
  }

  private long start(Shares.Piece piece) {
    return shares.layout().start(piece.parameter()) + piece.from();
  }

  /** Sums the nodes of all processes for a chunk of this process's share. */
  private void sumChunk(long from) {
    int size = ranks.size();
    Tensor own = part(ranks.rank(), from);
    List<MemorySegment> out = new ArrayList<>();
    List<MemorySegment> in = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      out.add(part(i, from).segment());
      in.add(chunk[i].slice(0, own.length()).segment());
    }
    ranks.allToAll(out, in);
    for (int apart = 1; apart < size; apart *= 2) {
      for (int i = 0; i + apart < size; i += 2 * apart) {
        add(chunk[i + apart], chunk[i], own.length());
      }
    }
    own.segment().copyFrom(chunk[0].slice(0, own.length()).segment());
  }

  /** A process's numbers in the chunk that begins so far within its share. */
  private Tensor part(int process, long from) {
    Shares.Range range = shares.part(process, from, CHUNK);
    return sum.slice(range.from(), range.length());
  }

  @Override
  public void update(List<UpdateRule> rules, double rate, double scale, long step) {
    List<Parameter> all = together.parameters().all();
    for (int i = 0; i < all.size(); i++) {
      Parameter parameter = all.get(i);
      Parameter.Kept own = parameter.kept();
      if (own.count() > 0) {
        update(parameter, rules.get(i), rate, scale, step);
      }
    }
    ranks.allGather(together.parameters().values().segment(), weightBounds);
  }

  private void update(Parameter parameter, UpdateRule rule, double rate, double scale, long step) {
    Parameter.Kept own = parameter.kept();
    Tensor value = parameter.value().slice(own.from(), own.count());
    Tensor gradient = parameter.gradient().slice(own.from(), own.count());
    ParameterSpec spec = parameter.spec();
    switch (rule) {
      case UpdateRule.ByAdamW adamw ->
          kernels.adamw(
              value,
              gradient,
              parameter.first(),
              parameter.second(),
              adamw.step(rate, scale, step));
      case UpdateRule.ByMuon muon ->
          kernels.muon(
              value,
              gradient,
              parameter.first(),
              spec.matrices(),
              spec.rows() / spec.matrices(),
              spec.columns(),
              muon.step(rate, scale));
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
