package dev.swax.tornado;

import dev.swax.tornado.kernel.OptimizerKernels;
import dev.swax.tornado.kernel.TransferKernels;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** The task graphs that do not depend on the model: transfers, norm and AdamW. */
final class FixedGraphs {
  static final String LOAD = "load";
  static final String CLEAR = "clear";
  static final String NORM = "norm";
  static final String UPDATE = "update";
  static final String FETCH = "fetch";

  private final DeviceBuffers buffers;
  private final DeviceGraphs graphs;

  FixedGraphs(DeviceBuffers buffers, DeviceGraphs graphs) {
    this.buffers = buffers;
    this.graphs = graphs;
  }

  /** All others. */
  void addRest() {
    addClear();
    addNorm();
    addUpdate();
    addFetch();
  }

  /** Brings everything to the device. Has to be added before all others. */
  void addLoad() {
    TaskGraph graph = graphs.beginFirst(LOAD);
    graph.transferToDevice(
        DataTransferMode.EVERY_EXECUTION,
        buffers.control,
        buffers.settings,
        buffers.weights,
        buffers.first,
        buffers.second);
    graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, buffers.constants, buffers.angles);
    graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, buffers.ofBatch());
    zero(graph, "gradients", buffers.gradients);
    zero(graph, "stream", buffers.stream);
    zero(graph, "streamGradient", buffers.streamGradient);
    zero(graph, "kept", buffers.kept);
    zero(graph, "scratch", buffers.scratch);
    zero(graph, "workspace", buffers.workspace);
    touch(graph, "halves", buffers.halves);
    zero(graph, "partials", buffers.partials);
    zero(graph, "logits", buffers.logits);
    touch(graph, "weights", buffers.weights);
    touch(graph, "first", buffers.first);
    touch(graph, "second", buffers.second);
    touch(graph, "constants", buffers.constants);
    touch(graph, "angles", buffers.angles);
    touch(graph, "tokens", buffers.tokens);
    touch(graph, "targets", buffers.targets);
    touch(graph, "firstKeys", buffers.firstKeys);
    touch(graph, "tokenOrder", buffers.tokenOrder);
    touch(graph, "tokenStarts", buffers.tokenStarts);
    graphs.end(graph);
  }

  private void zero(TaskGraph graph, String task, FloatArray array) {
    graph.task(task, OptimizerKernels::clear, buffers.context, array, 0, array.getSize());
    graphs.grid(task, OptimizerKernels.grid(array.getSize()));
  }

  private void touch(TaskGraph graph, String task, FloatArray array) {
    graph.task(task, TransferKernels::touch, buffers.context, array);
    graphs.grid(task, TransferKernels.grid());
  }

  private void touch(TaskGraph graph, String task, IntArray array) {
    graph.task(task, TransferKernels::touchIntegers, buffers.context, array);
    graphs.grid(task, TransferKernels.grid());
  }

  private void touch(TaskGraph graph, String task, ShortArray array) {
    graph.task(task, TransferKernels::touchShorts, buffers.context, array);
    graphs.grid(task, TransferKernels.grid());
  }

  private void addClear() {
    TaskGraph graph = graphs.begin(CLEAR);
    zero(graph, "gradients", buffers.gradients);
    graphs.end(graph);
  }

  private void addNorm() {
    TaskGraph graph = graphs.begin(NORM);
    graph.task(
        "squares",
        OptimizerKernels::sumOfSquares,
        buffers.context,
        buffers.gradients,
        0,
        buffers.gradients.getSize(),
        buffers.squares,
        0);
    graphs.grid("squares", OptimizerKernels.grid(buffers.gradients.getSize()));
    graph.transferToHost(DataTransferMode.EVERY_EXECUTION, buffers.squares);
    graphs.end(graph);
  }

  /** AdamW on the range that {@code control} says, by the rule in {@code settings}. */
  private void addUpdate() {
    TaskGraph graph = graphs.begin(UPDATE);
    graph.task(
        "adamw",
        OptimizerKernels::adamw,
        buffers.context,
        buffers.weights,
        buffers.gradients,
        buffers.first,
        buffers.second,
        buffers.control,
        DeviceBuffers.RANGE,
        buffers.settings,
        DeviceBuffers.UPDATE);
    graphs.grid("adamw", OptimizerKernels.grid(buffers.weights.getSize()));
    graphs.end(graph);
  }

  private void addFetch() {
    TaskGraph graph = graphs.begin(FETCH);
    touch(graph, "weights", buffers.weights);
    touch(graph, "gradients", buffers.gradients);
    touch(graph, "first", buffers.first);
    touch(graph, "second", buffers.second);
    graph.transferToHost(
        DataTransferMode.EVERY_EXECUTION,
        buffers.weights,
        buffers.gradients,
        buffers.first,
        buffers.second);
    graphs.end(graph);
  }
}
