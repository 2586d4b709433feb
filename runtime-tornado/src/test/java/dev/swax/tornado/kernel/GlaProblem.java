package dev.swax.tornado.kernel;

import dev.swax.runtime.kernel.gla.GlaShape;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The kernels of a memory with a vector decay as two task graphs. */
final class GlaProblem extends RecurrenceProblem {
  private final int heads;
  private final int keys;
  private final int values;
  private final float scale;
  private final FloatArray q = array("q");
  private final FloatArray k = array("k");
  private final FloatArray v = array("v");
  private final FloatArray dy = array("dy");
  private final FloatArray dq = array("d_q");
  private final FloatArray dk = array("d_k");
  private final WorkerGrid channelGrid;
  private final WorkerGrid stateGrid;
  private final WorkerGrid scanGrid;
  private final WorkerGrid chunkGrid;
  private final WorkerGrid keyGrid;
  private final WorkerGrid valueGrid;

  GlaProblem(GlaShape shape, int batch, int time) {
    super(
        shape,
        batch,
        time,
        GlaKernels.workspace(batch, time, shape.heads(), shape.keyWidth(), shape.valueWidth()),
        shape.keyWidth() + shape.valueWidth() + MemoryLayout.CHUNK);
    heads = shape.heads();
    keys = shape.keyWidth();
    values = shape.valueWidth();
    scale = shape.scale();
    channelGrid = GlaKernels.channelGrid(batch, time, heads, keys);
    stateGrid = GlaKernels.stateGrid(batch, time, heads, keys, values);
    scanGrid = GlaKernels.scanGrid(batch, heads, keys, values);
    chunkGrid = GlaKernels.chunkGrid(batch, time, heads);
    keyGrid = GlaKernels.columnGrid(batch, time, heads, keys);
    valueGrid = GlaKernels.columnGrid(batch, time, heads, values);
  }

  private TaskGraph states(TaskGraph graph) {
    return graph
        .task(
            grid("decays", channelGrid),
            GlaKernels::decays,
            context,
            array("log_decay"),
            GAP,
            firstKeys,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            scale)
        .task(
            grid("increments", stateGrid),
            GlaKernels::increments,
            context,
            k,
            GAP,
            v,
            GAP,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values)
        .task(
            grid("scan", scanGrid),
            GlaKernels::scan,
            context,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values)
        .task(
            grid("scores", chunkGrid),
            GlaKernels::scores,
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
            scale);
  }

  @Override
  TaskGraph forward(TaskGraph graph) {
    return states(graph)
        .task(
            grid("outputs", valueGrid),
            GlaKernels::outputs,
            context,
            q,
            GAP,
            v,
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
    return gradients(slopes(states(graph)));
  }

  private TaskGraph slopes(TaskGraph graph) {
    return graph
        .task(
            grid("slopeIncrements", stateGrid),
            GlaGradientKernels::slopeIncrements,
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
            grid("slopeScan", scanGrid),
            GlaGradientKernels::slopeScan,
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
            GlaGradientKernels::scoreSlopes,
            context,
            v,
            GAP,
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
            grid("gradientOfValues", valueGrid),
            GlaGradientKernels::gradientOfValues,
            context,
            k,
            GAP,
            dy,
            GAP,
            array("d_v"),
            GAP,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values)
        .task(
            grid("throughState", keyGrid),
            GlaGradientKernels::throughState,
            context,
            dy,
            GAP,
            dq,
            GAP,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values)
        .task(
            grid("throughSlope", keyGrid),
            GlaGradientKernels::throughSlope,
            context,
            v,
            GAP,
            dk,
            GAP,
            work,
            GAP,
            rows,
            time,
            heads,
            keys,
            values)
        .task(
            grid("pairs", channelGrid),
            GlaGradientKernels::pairs,
            context,
            q,
            GAP,
            k,
            GAP,
            dq,
            GAP,
            dk,
            GAP,
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
