package dev.swax.tornado.kernel;

import dev.swax.runtime.kernel.delta.DeltaShape;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The kernels of a memory of the delta rule as two task graphs. */
final class DeltaProblem extends RecurrenceProblem {
  private final int heads;
  private final int keys;
  private final int values;
  private final float scale;
  private final FloatArray q = array("q");
  private final FloatArray k = array("k");
  private final FloatArray v = array("v");
  private final FloatArray dy = array("dy");
  private final FloatArray decay;
  private final int hasDecay;
  private final WorkerGrid gateGrid;
  private final WorkerGrid tokenGrid;
  private final WorkerGrid moveGrid;
  private final WorkerGrid walkGrid;
  private final WorkerGrid stateGrid;
  private final WorkerGrid solveGrid;
  private final WorkerGrid solveBackGrid;
  private final WorkerGrid chunkGrid;
  private final WorkerGrid keyGrid;
  private final WorkerGrid valueGrid;

  DeltaProblem(DeltaShape shape, int batch, int time) {
    super(
        shape,
        batch,
        time,
        DeltaKernels.workspace(batch, time, shape.heads(), shape.keyWidth(), shape.valueWidth()),
        shape.keyWidth() + shape.valueWidth() + MemoryLayout.CHUNK);
    heads = shape.heads();
    keys = shape.keyWidth();
    values = shape.valueWidth();
    scale = shape.scale();
    decay = shape.decay() ? array("log_decay") : work;
    hasDecay = shape.decay() ? 1 : 0;
    gateGrid = DeltaKernels.gateGrid(batch, time, heads);
    tokenGrid = DeltaKernels.tokenGrid(batch, time, heads);
    moveGrid = DeltaKernels.stateGrid(batch, time, heads, keys, keys);
    walkGrid = DeltaKernels.walkGrid(batch, heads, values);
    stateGrid = DeltaKernels.stateGrid(batch, time, heads, keys, values);
    solveGrid = DeltaKernels.solveGrid(batch, time, heads, keys + values);
    solveBackGrid = DeltaKernels.solveGrid(batch, time, heads, values);
    chunkGrid = DeltaKernels.chunkGrid(batch, time, heads);
    keyGrid = DeltaKernels.columnGrid(batch, time, heads, keys);
    valueGrid = DeltaKernels.columnGrid(batch, time, heads, values);
  }

  private TaskGraph states(TaskGraph graph) {
    return graph
        .task(
            grid("gates", gateGrid),
            DeltaKernels::gates,
            context,
            array("erase"),
            GAP,
            decay,
            GAP,
            firstKeys,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            scale,
            hasDecay)
        .task(
            grid("scores", chunkGrid),
            DeltaKernels::scores,
            context,
            q,
            GAP,
            k,
            GAP,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values,
            scale)
        .task(
            grid("solve", solveGrid),
            DeltaKernels::solve,
            context,
            k,
            GAP,
            v,
            GAP,
            array("write"),
            GAP,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values)
        .task(
            grid("increments", stateGrid),
            DeltaKernels::increments,
            context,
            k,
            GAP,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values)
        .task(
            grid("moves", moveGrid),
            DeltaKernels::moves,
            context,
            k,
            GAP,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values)
        .task(
            grid("walk", walkGrid),
            DeltaKernels::walk,
            context,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values)
        .task(
            grid("writes", valueGrid),
            DeltaKernels::writes,
            context,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values);
  }

  @Override
  TaskGraph forward(TaskGraph graph) {
    return states(graph)
        .task(
            grid("outputs", valueGrid),
            DeltaKernels::outputs,
            context,
            q,
            GAP,
            array("y"),
            GAP,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values);
  }

  @Override
  TaskGraph backward(TaskGraph graph) {
    TaskGraph tasks = gradients(slopes(states(graph)));
    return hasDecay > 0 ? decays(tasks) : tasks;
  }

  private TaskGraph slopes(TaskGraph graph) {
    return graph
        .task(
            grid("outputSlopes", valueGrid),
            DeltaSlopeKernels::outputSlopes,
            context,
            dy,
            GAP,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values)
        .task(
            grid("slopeIncrements", stateGrid),
            DeltaSlopeKernels::slopeIncrements,
            context,
            q,
            GAP,
            dy,
            GAP,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values)
        .task(
            grid("slopeReads", stateGrid),
            DeltaSlopeKernels::slopeReads,
            context,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values)
        .task(
            grid("slopeWalk", walkGrid),
            DeltaSlopeKernels::slopeWalk,
            context,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values)
        .task(
            grid("writeSlopes", valueGrid),
            DeltaSlopeKernels::writeSlopes,
            context,
            k,
            GAP,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values)
        .task(
            grid("solveSlopes", solveBackGrid),
            DeltaSlopeKernels::solveSlopes,
            context,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values)
        .task(
            grid("scoreSlopes", chunkGrid),
            DeltaSlopeKernels::scoreSlopes,
            context,
            dy,
            GAP,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values,
            scale);
  }

  private TaskGraph gradients(TaskGraph graph) {
    return graph
        .task(
            grid("queries", keyGrid),
            DeltaGradientKernels::queries,
            context,
            q,
            GAP,
            k,
            GAP,
            dy,
            GAP,
            array("d_q"),
            GAP,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values)
        .task(
            grid("erased", keyGrid),
            DeltaGradientKernels::erased,
            context,
            k,
            GAP,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values)
        .task(
            grid("erases", tokenGrid),
            DeltaGradientKernels::erases,
            context,
            k,
            GAP,
            array("d_erase"),
            GAP,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values,
            1)
        .task(
            grid("keys", keyGrid),
            DeltaGradientKernels::keys,
            context,
            q,
            GAP,
            k,
            GAP,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values)
        .task(
            grid("keyPairs", keyGrid),
            DeltaGradientKernels::keyPairs,
            context,
            k,
            GAP,
            array("d_k"),
            GAP,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values)
        .task(
            grid("values", tokenGrid),
            DeltaGradientKernels::values,
            context,
            v,
            GAP,
            array("write"),
            GAP,
            array("d_v"),
            GAP,
            array("d_write"),
            GAP,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values,
            1,
            1);
  }

  private TaskGraph decays(TaskGraph graph) {
    return graph.task(
        grid("decays", chunkGrid),
        DeltaGradientKernels::decays,
        context,
        array("d_log_decay"),
        GAP,
        work,
        GAP,
        rows,
        time,
        heads,
        keys,
        values);
  }
}
