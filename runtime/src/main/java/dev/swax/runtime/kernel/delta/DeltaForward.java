package dev.swax.runtime.kernel.delta;

import dev.swax.runtime.kernel.matrix.MatrixShape;
import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TilePages;
import dev.swax.runtime.kernel.tile.TileTriangle;

/**
 * A {@link DeltaShape} by chunks: the states at the borders and what tokens write ({@link
 * DeltaChunks}), then all chunks at once. With qs = scale q and S the state before the chunk:
 *
 * <pre>
 * y_j = read_j (qs_j . S) + (qs_j . k_j) w_j + decay_j sum over l < j of weight_jl (qs_j . k_l) w_l
 * </pre>
 */
final class DeltaForward {
  private final Team team;
  private final DeltaCall call;
  private final DeltaTiles[] tiles;
  private final DeltaChunks chunks;
  private final Task outputs = this::outputs;

  DeltaForward(Team team, DeltaCall call, DeltaTiles[] tiles, DeltaChunks chunks) {
    this.team = team;
    this.call = call;
    this.tiles = tiles;
    this.chunks = chunks;
  }

  void run() {
    chunks.run();
    team.run(outputs, call.heads() * call.chunks());
    call.storeAll(chunks.states(), call.chunks(), call.state);
  }

  private void outputs(int part) {
    int head = call.headOf(part);
    int chunk = call.chunkOf(part);
    DeltaTiles t = tiles[team.worker()];
    t.begin(call, head, chunk);
    t.loadKeys(call, head, call.q, call.shape.scale(), t.q);
    t.loadKeys(call, head, call.k, 1f, t.k);
    t.turnKeys(call.shape);
    scores(t, call.shape);
    chunks.write(t, head, chunk);
    int length = t.gates.length();
    TileMath.scaleRows(t.q, t.gates.factors(), DeltaGates.READ, t.scaled, t.keyStride, length);
    TilePages states = chunks.states();
    int width = call.shape.keyWidth();
    t.read(t.scaled, states.values(head, chunk), states.at(head, chunk), t.y, width, false);
    TileTriangle.addLower(t.scores, DeltaTiles.STRIDE, t.w, t.y, t.valueStride, length);
    t.storeValues(call, head, t.y, call.y);
  }

  /** What tokens read of one another; queries and the columns of keys are loaded. */
  static void scores(DeltaTiles t, MatrixShape shape) {
    int length = t.gates.length();
    int square = DeltaTiles.STRIDE;
    TileTriangle.lower(t.q, t.keyStride, t.keyColumns, t.scores, square, length, shape.keyWidth());
    t.gates.weights(t.weights);
    t.gates.include(t.weights);
    for (int j = 0; j < length; j++) {
      int line = j * square;
      TileMath.multiply(t.scores, t.weights, line, line + TileTriangle.columns(j, length));
    }
  }
}
