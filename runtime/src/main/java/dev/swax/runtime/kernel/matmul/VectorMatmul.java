package dev.swax.runtime.kernel.matmul;

import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Matrix products on all threads: c is cut into tiles, each thread multiplies whole tiles. How it
 * is cut depends on the number of threads, what is computed does not.
 */
public final class VectorMatmul implements Task, AutoCloseable {
  /** Below so many multiplications a job is not worth sharing. */
  private static final long SMALL = 100_000;

  private final Team team;
  private final Arena arena = Arena.ofShared();
  private final BlockMatmul[] blocks;
  private final MatmulGrid grid;
  private final VectorMatvec matvec;
  private final ThinMatmul thin;
  private final FewRowsMatmul fewRows;
  private final TallMatmul tall;
  private final ExpertMatmul experts;

  private MemorySegment a = MemorySegment.NULL;
  private MemorySegment b = MemorySegment.NULL;
  private MemorySegment c = MemorySegment.NULL;
  private boolean aTransposed;
  private boolean bTransposed;
  private boolean accumulate;
  private int m;
  private int k;
  private int n;
  private int count = 1;
  private long job;

  public VectorMatmul(Team team) {
    this.team = team;
    grid = new MatmulGrid(team.threads());
    matvec = new VectorMatvec(team);
    thin = new ThinMatmul(team);
    fewRows = new FewRowsMatmul(team);
    tall = new TallMatmul(team);
    experts = new ExpertMatmul(team, this);
    blocks = new BlockMatmul[team.threads()];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = new BlockMatmul(arena);
    }
  }

  /** {@code c = a b}, or {@code c += a b}. a [m, k], b [k, n], c [m, n]. */
  public void matmul(Tensor a, Tensor b, Tensor c, int m, int k, int n, boolean accumulate) {
    aTransposed = false;
    bTransposed = false;
    run(a, b, c, m, k, n, accumulate);
  }

  /** {@code c = a bᵀ}, or {@code c += a bᵀ}. a [m, k], b [n, k], c [m, n]. */
  public void matmulTransposedRight(
      Tensor a, Tensor b, Tensor c, int m, int k, int n, boolean accumulate) {
    aTransposed = false;
    bTransposed = true;
    run(a, b, c, m, k, n, accumulate);
  }

  /** {@code c = aᵀ b}, or {@code c += aᵀ b}. a [k, m], b [k, n], c [m, n]. */
  public void matmulTransposedLeft(
      Tensor a, Tensor b, Tensor c, int m, int k, int n, boolean accumulate) {
    aTransposed = true;
    bTransposed = false;
    run(a, b, c, m, k, n, accumulate);
  }

  /** {@code a b} of each block. a [m, blocks * k], b [blocks * k, n], c [m, blocks * n]. */
  public void blocks(Tensor a, Tensor b, Tensor c, int m, int k, int n, int blocks) {
    aTransposed = false;
    bTransposed = false;
    run(a, b, c, m, k, n, blocks, false);
  }

  /** {@code a bᵀ} of each block. a [m, blocks * k], b [blocks * n, k], c [m, blocks * n]. */
  public void blocksTransposedRight(Tensor a, Tensor b, Tensor c, int m, int k, int n, int blocks) {
    aTransposed = false;
    bTransposed = true;
    run(a, b, c, m, k, n, blocks, false);
  }

  /** Adds {@code aᵀ b} of each block. a [k, blocks * m], b [k, blocks * n], c [blocks * m, n]. */
  public void blocksTransposedLeft(Tensor a, Tensor b, Tensor c, int m, int k, int n, int blocks) {
    aTransposed = true;
    bTransposed = false;
    run(a, b, c, m, k, n, blocks, true);
  }

  private void run(
      Tensor left, Tensor right, Tensor out, int rows, int depth, int columns, boolean add) {
    run(left, right, out, rows, depth, columns, 1, add);
  }

  private void run(
      Tensor left,
      Tensor right,
      Tensor out,
      int rows,
      int depth,
      int columns,
      int products,
      boolean add) {
    if (rows == 0 || columns == 0) {
      return;
    }
    if (rows <= VectorMatvec.MOST_ROWS && !aTransposed && products == 1) {
      matvec.run(
          left.segment(), right.segment(), out.segment(), rows, depth, columns, bTransposed, add);
      return;
    }
    if (products == 1 && unpacked(left, right, out, rows, depth, columns, add)) {
      return;
    }
    a = left.segment();
    b = right.segment();
    c = out.segment();
    m = rows;
    k = depth;
    n = columns;
    count = products;
    accumulate = add;
    job++;
    if ((long) m * n * k < SMALL || (count > 1 && count >= team.threads())) {
      grid.whole(m, n);
    } else {
      grid.cut(m, n);
    }
    team.run(this, count * grid.parts());
  }

  /** Whether one of the sides is so small that the other is read where it lies. */
  private boolean unpacked(
      Tensor left, Tensor right, Tensor out, int rows, int depth, int columns, boolean add) {
    MemorySegment x = left.segment();
    MemorySegment y = right.segment();
    MemorySegment z = out.segment();
    if (aTransposed) {
      if (columns > TallMatmul.MOST_COLUMNS) {
        return false;
      }
      tall.run(x, y, z, rows, depth, columns, add);
      return true;
    }
    if (columns <= MatmulPanels.LANES) {
      thin.wide(x, y, z, rows, depth, columns, bTransposed, add);
      return true;
    }
    if (bTransposed && rows <= MatmulPanels.LANES) {
      thin.flat(x, y, z, rows, depth, columns, add);
      return true;
    }
    if (!bTransposed && rows <= FewRowsMatmul.MOST_ROWS) {
      fewRows.run(x, y, z, rows, depth, columns, add);
      return true;
    }
    return false;
  }

  @Override
  public void run(int part) {
    int tile = part % grid.parts();
    long g = part / grid.parts();
    long i = grid.firstRow(tile);
    long j = grid.firstColumn(tile);
    BlockMatmul block = block();
    if (aTransposed) {
      block.left(a, g * m + i, (long) count * m, true);
      block.right(b, g * n + j, (long) count * n, false);
      block.out(c, (g * m + i) * n + j, n);
    } else {
      block.left(a, i * count * k + g * k, (long) count * k, false);
      block.right(b, g * k * n + (bTransposed ? j * k : j), bTransposed ? k : n, bTransposed);
      block.out(c, i * count * n + g * n + j, (long) count * n);
    }
    block.multiply(grid.height(tile), k, grid.width(tile), accumulate, job);
  }

  /** Products with a matrix for each expert, in the same workspace. */
  public ExpertMatmul experts() {
    return experts;
  }

  /** The workspace of the thread that asks. */
  BlockMatmul block() {
    return blocks[team.worker()];
  }

  /** A number that no job has had. */
  long nextJob() {
    return ++job;
  }

  public long workspaceBytes() {
    return blocks.length * blocks[0].bytes() + thin.bytes() + fewRows.bytes() + tall.bytes();
  }

  @Override
  public void close() {
    arena.close();
  }
}
