package dev.swax.tornado;

import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.DeviceProgram;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.tensor.Tensor;
import dev.swax.tornado.cublas.Precision;
import dev.swax.tornado.cublas.Product;
import dev.swax.tornado.cublas.ProductTask;
import dev.swax.tornado.kernel.OptimizerKernels;
import dev.swax.tornado.kernel.TokenOrder;
import dev.swax.tornado.kernel.TransferKernels;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * What all programs on a device share: the arrays there, the walk over the layers, and the tasks
 * that do not depend on the model. A generated class adds the passes over its layers. It trains;
 * evaluation is the CPU program's, on the parameters that {@link #refreshParameters} brings back.
 *
 * <p>Weights, gradients, moments and activations stay on the device. A call sends tokens, targets
 * and a few numbers, and brings back a loss for each token.
 */
public abstract class TornadoProgram implements DeviceProgram {
  // Words of `control`, for generated code --------------------------------------------------------
  protected static final int ROWS = 0;
  protected static final int TIME = 1;
  protected static final int CAPACITY = 2;
  protected static final int LONGEST = 3;
  protected static final int PARTS = 4;
  protected static final int MATRICES = 5;
  protected static final int VECTORS = 6;
  protected static final int KEPT_FROM = 7;
  protected static final int STREAM_IN = 8;
  protected static final int STREAM_OUT = 9;
  protected static final int GRADIENT_IN = 10;
  protected static final int GRADIENT_OUT = 11;

  /** Index of the first window; the others follow. */
  protected static final int WINDOWS = 12;

  // Words of `settings` ---------------------------------------------------------------------------
  protected static final int SCALE = 0;
  private static final int UPDATE = 1;

  /** How many settings there are. */
  static final int SETTINGS = UPDATE + OptimizerKernels.SETTINGS;

  /** Threads of a work-group of a row kernel, as generated code has it. */
  private static final int ROW_THREADS = 64;

  protected final KernelContext context = new KernelContext();
  protected final int batch;
  protected final int time;

  /** Tokens that every buffer has room for. */
  protected final int capacity;

  protected final IntArray control;
  protected final FloatArray settings;
  protected final FloatArray weights;
  protected final FloatArray gradients;
  protected final FloatArray stream;
  protected final FloatArray streamGradient;
  protected final FloatArray kept;
  protected final FloatArray scratch;
  protected final FloatArray workspace;
  protected final ShortArray halves;
  protected final FloatArray partials;
  protected final FloatArray constants;
  protected final FloatArray angles;
  protected final FloatArray losses;
  protected final FloatArray logits;
  protected final IntArray tokens;
  protected final IntArray targets;
  protected final IntArray firstKeys;
  protected final IntArray tokenOrder;
  protected final IntArray tokenStarts;
  private final FloatArray first;
  private final FloatArray second;
  private final FloatArray squares;

  private final Parameters parameters;
  private final DeviceOptimizer optimizer;
  private final DeviceSizes sizes;
  private final Places places;
  private final int parts;
  private final Arena arena = Arena.ofShared();
  private final Tensor hostLosses;
  private final TokenOrder order;
  private @Nullable DeviceGraphs graphs;
  private boolean loaded;

  protected TornadoProgram(Parameters parameters, DeviceOptimizer optimizer, DeviceArrays arrays) {
    this.parameters = parameters;
    this.optimizer = optimizer;
    this.batch = arrays.batch();
    this.time = arrays.time();
    this.sizes = arrays.sizes();
    this.capacity = batch * time;
    this.places = arrays.places();
    this.parts = arrays.parts();
    this.control = arrays.integers(DeviceArray.CONTROL);
    this.settings = arrays.floats(DeviceArray.SETTINGS);
    this.weights = arrays.floats(DeviceArray.WEIGHTS);
    this.gradients = arrays.floats(DeviceArray.GRADIENTS);
    this.first = arrays.floats(DeviceArray.FIRST_MOMENTS);
    this.second = arrays.floats(DeviceArray.SECOND_MOMENTS);
    this.stream = arrays.floats(DeviceArray.STREAM);
    this.streamGradient = arrays.floats(DeviceArray.STREAM_GRADIENT);
    this.kept = arrays.floats(DeviceArray.KEPT);
    this.scratch = arrays.floats(DeviceArray.SCRATCH);
    this.workspace = arrays.floats(DeviceArray.WORKSPACE);
    this.halves = arrays.shorts(DeviceArray.HALVES);
    this.partials = arrays.floats(DeviceArray.PARTIALS);
    this.constants = arrays.floats(DeviceArray.CONSTANTS);
    this.angles = arrays.floats(DeviceArray.ANGLES);
    this.losses = arrays.floats(DeviceArray.LOSSES);
    this.logits = arrays.floats(DeviceArray.LOGITS);
    this.tokens = arrays.integers(DeviceArray.TOKENS);
    this.targets = arrays.integers(DeviceArray.TARGETS);
    this.firstKeys = arrays.integers(DeviceArray.FIRST_KEYS);
    this.tokenOrder = arrays.integers(DeviceArray.TOKEN_ORDER);
    this.tokenStarts = arrays.integers(DeviceArray.TOKEN_STARTS);
    this.squares = arrays.floats(DeviceArray.SQUARES);
    FloatArrays.fill(constants, sizes.constants());
    Angles.fill(angles, sizes.rotations(), time);
    this.order = new TokenOrder(sizes.vocabulary());
    this.hostLosses = Tensor.allocate(arena, capacity);
  }

  /** Calls {@link #begin}, adds tasks and calls {@link #end}, once for each pass over a block. */
  protected abstract void addGraphs();

  // For generated code ----------------------------------------------------------------------------

  /** A graph that finds every array on the device. */
  protected final TaskGraph begin(String name) {
    TaskGraph graph = new TaskGraph(name);
    graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, control, settings);
    boolean first = name.equals(sizes.embedding().forward());
    if (first) {
      graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, ofBatch());
    }
    graph.consumeFromDevice(shared());
    if (!first) {
      graph.consumeFromDevice(ofBatch());
    }
    graphs().begin(name);
    return graph;
  }

  /** The threads of the task that was added last. */
  protected final void grid(String task, WorkerGrid grid) {
    graphs().grid(task, grid);
  }

  /** Adds a product by cuBLAS; {@code source} says where in the arrays its matrices lie. */
  protected final void product(
      TaskGraph graph,
      String task,
      Precision precision,
      Product.Source source,
      TornadoNativeArray a,
      TornadoNativeArray b,
      TornadoNativeArray c) {
    graph.libraryTask(
        task, ProductTask::descriptor, ProductTask.of(precision, source, control, a, b, c));
  }

  protected final void end(TaskGraph graph) {
    graph.persistOnDevice(shared());
    graph.persistOnDevice(ofBatch());
    if (graph.getTaskGraphName().equals(sizes.head().forward())) {
      graph.transferToHost(DataTransferMode.EVERY_EXECUTION, losses);
    }
    graphs().end(graph);
  }

  /** The threads of a row kernel. */
  protected final WorkerGrid parts() {
    var grid = new WorkerGrid1D(parts * ROW_THREADS);
    grid.setLocalWork(ROW_THREADS, 1, 1);
    return grid;
  }

  private DeviceGraphs graphs() {
    return Objects.requireNonNull(graphs);
  }

  /** What lives on the device for as long as the program. */
  private Object[] shared() {
    return new Object[] {
      weights,
      gradients,
      first,
      second,
      stream,
      streamGradient,
      kept,
      scratch,
      workspace,
      halves,
      partials,
      constants,
      angles,
      logits
    };
  }

  /** What every batch brings. */
  private Object[] ofBatch() {
    return new Object[] {tokens, targets, firstKeys, tokenOrder, tokenStarts};
  }

  // The tasks of every model ----------------------------------------------------------------------

  @Override
  public final void start(boolean captured, Progress progress) {
    if (graphs != null) {
      return;
    }
    graphs = new DeviceGraphs();
    addLoad();
    addGraphs();
    addClear();
    addNorm();
    addUpdate();
    addFetch();
    graphs.ready(captured);
    // with no rows every kernel returns at once, so this compiles and does nothing else
    control.init(0);
    size(0, time);
    settings.init(0f);
    targets.init(-1);
    for (IntArray array : List.of(tokens, firstKeys, tokenOrder, tokenStarts)) {
      array.init(0);
    }
    FloatArrays.clear(List.of(weights, first, second, gradients));
    int done = 0;
    for (String name : graphs.names()) {
      graphs.execute(name);
      progress.compiled(++done, graphs.names().size(), name);
    }
    load();
  }

  private void addLoad() {
    TaskGraph graph = new TaskGraph("load");
    graphs().begin("load");
    graph.transferToDevice(
        DataTransferMode.EVERY_EXECUTION, control, settings, weights, first, second);
    graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, constants, angles);
    graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, ofBatch());
    zero(graph, "gradients", gradients);
    zero(graph, "stream", stream);
    zero(graph, "streamGradient", streamGradient);
    zero(graph, "kept", kept);
    zero(graph, "scratch", scratch);
    zero(graph, "workspace", workspace);
    touch(graph, "halves", halves);
    zero(graph, "partials", partials);
    zero(graph, "logits", logits);
    touch(graph, "weights", weights);
    touch(graph, "first", first);
    touch(graph, "second", second);
    touch(graph, "constants", constants);
    touch(graph, "angles", angles);
    touch(graph, "tokens", tokens);
    touch(graph, "targets", targets);
    touch(graph, "firstKeys", firstKeys);
    touch(graph, "tokenOrder", tokenOrder);
    touch(graph, "tokenStarts", tokenStarts);
    end(graph);
  }

  private void zero(TaskGraph graph, String task, FloatArray array) {
    graph.task(task, OptimizerKernels::clear, context, array, 0, array.getSize());
    grid(task, OptimizerKernels.grid(array.getSize()));
  }

  private void touch(TaskGraph graph, String task, FloatArray array) {
    graph.task(task, TransferKernels::touch, context, array);
    grid(task, TransferKernels.grid());
  }

  private void touch(TaskGraph graph, String task, IntArray array) {
    graph.task(task, TransferKernels::touchIntegers, context, array);
    grid(task, TransferKernels.grid());
  }

  private void touch(TaskGraph graph, String task, ShortArray array) {
    graph.task(task, TransferKernels::touchShorts, context, array);
    grid(task, TransferKernels.grid());
  }

  private void addClear() {
    TaskGraph graph = begin("clear");
    zero(graph, "gradients", gradients);
    end(graph);
  }

  private void addNorm() {
    TaskGraph graph = begin("norm");
    graph.task(
        "squares",
        OptimizerKernels::sumOfSquares,
        context,
        gradients,
        0,
        gradients.getSize(),
        squares,
        0);
    grid("squares", OptimizerKernels.grid(gradients.getSize()));
    graph.transferToHost(DataTransferMode.EVERY_EXECUTION, squares);
    end(graph);
  }

  private void addUpdate() {
    TaskGraph graph = begin("update");
    adamw(graph, "matrices", 0, places.decayedFloats(), optimizer.decay());
    adamw(graph, "vectors", places.decayedFloats(), places.weightFloats(), 0);
    end(graph);
  }

  private void adamw(TaskGraph graph, String task, int from, int to, double decay) {
    graph.task(
        task,
        OptimizerKernels::adamw,
        context,
        weights,
        gradients,
        first,
        second,
        from,
        to,
        (float) (1 - optimizer.beta1()),
        (float) (1 - optimizer.beta2()),
        (float) optimizer.epsilon(),
        (float) decay,
        settings,
        UPDATE);
    grid(task, OptimizerKernels.grid(Math.max(1, to - from)));
  }

  private void addFetch() {
    TaskGraph graph = begin("fetch");
    touch(graph, "weights", weights);
    touch(graph, "gradients", gradients);
    touch(graph, "first", first);
    touch(graph, "second", second);
    graph.transferToHost(DataTransferMode.EVERY_EXECUTION, weights, gradients, first, second);
    end(graph);
  }

  // Calls -----------------------------------------------------------------------------------------

  @Override
  public final double accumulate(Batch input, int[] windows, double scale) {
    if (!loaded) {
      parametersChanged();
    }
    bind(input, windows);
    settings.set(SCALE, (float) scale);
    for (int step = 0; step < places.steps(); step++) {
      enter(step);
      graphs().execute(places.block(step).forward());
    }
    double sum = 0;
    for (int row = 0; row < input.batch() * input.time(); row++) {
      hostLosses.set(row, losses.get(row));
      sum += losses.get(row);
    }
    for (int step = places.steps() - 1; step >= 0; step--) {
      enter(step);
      graphs().execute(places.block(step).backward());
    }
    return sum;
  }

  private void bind(Batch input, int[] windows) {
    if (input.batch() > batch || input.time() > time) {
      throw new IllegalArgumentException(
          "made for %d x %d tokens, not %d x %d"
              .formatted(batch, time, input.batch(), input.time()));
    }
    if (windows.length != windowNames().size()) {
      throw new IllegalArgumentException(
          "%d windows for %s".formatted(windows.length, windowNames()));
    }
    size(input.batch(), input.time());
    for (int i = 0; i < windows.length; i++) {
      control.set(WINDOWS + i, windows[i]);
    }
    copy(input);
    order.fill(tokens, 0, input.batch() * input.time(), tokenOrder, 0, tokenStarts, 0);
  }

  private void copy(Batch input) {
    for (int row = 0; row < input.batch() * input.time(); row++) {
      int t = row % input.time();
      int before = t == 0 ? 0 : firstKeys.get(row - 1);
      tokens.set(row, input.tokens()[row]);
      targets.set(row, input.targets()[row]);
      firstKeys.set(row, input.documentStarts()[row] ? t : before);
    }
  }

  private void size(int sequences, int length) {
    control.set(ROWS, sequences * length);
    control.set(TIME, length);
    control.set(CAPACITY, capacity);
    control.set(LONGEST, time);
    control.set(PARTS, parts);
  }

  /** Points the kernels at the numbers of a step: embedding, layers, head. */
  private void enter(int step) {
    control.set(MATRICES, places.matrices(step));
    control.set(VECTORS, places.vectors(step));
    control.set(KEPT_FROM, places.kept(step));
    control.set(STREAM_IN, places.stream(step));
    control.set(STREAM_OUT, places.stream(step + 1));
    control.set(GRADIENT_IN, places.gradient(step + 1));
    control.set(GRADIENT_OUT, places.gradient(step));
  }

  @Override
  public final double sumOfGradientSquares() {
    graphs().execute("norm");
    double sum = 0;
    for (int i = 0; i < squares.getSize(); i++) {
      sum += squares.get(i);
    }
    return sum;
  }

  @Override
  public final void update(double rate, double gradientScale, long step) {
    settings.set(UPDATE + OptimizerKernels.RATE, (float) rate);
    settings.set(UPDATE + OptimizerKernels.GRADIENT_SCALE, (float) gradientScale);
    settings.set(
        UPDATE + OptimizerKernels.FIRST_CORRECTION,
        (float) (1 - Math.pow(optimizer.beta1(), step)));
    settings.set(
        UPDATE + OptimizerKernels.SECOND_CORRECTION,
        (float) (1 - Math.pow(optimizer.beta2(), step)));
    graphs().execute("update");
  }

  @Override
  public final void clearGradients() {
    if (!loaded) {
      parametersChanged();
    }
    graphs().execute("clear");
  }

  @Override
  public final void parametersChanged() {
    if (graphs == null) {
      start(false, (_, _, _) -> {});
    } else {
      load();
    }
  }

  private void load() {
    places.forEach(
        parameters,
        (parameter, from) -> {
          FloatArrays.copy(parameter.value(), weights, from);
          FloatArrays.copy(parameter.first(), first, from);
          FloatArrays.copy(parameter.second(), second, from);
        });
    graphs().execute("load");
    loaded = true;
  }

  @Override
  public final void refreshParameters() {
    if (!loaded) {
      return;
    }
    graphs().execute("fetch");
    places.forEach(
        parameters,
        (parameter, from) -> {
          FloatArrays.copy(weights, from, parameter.value());
          FloatArrays.copy(gradients, from, parameter.gradient());
          FloatArrays.copy(first, from, parameter.first());
          FloatArrays.copy(second, from, parameter.second());
        });
  }

  // What it is ------------------------------------------------------------------------------------

  @Override
  public final List<Parameter> parameters() {
    return parameters.all();
  }

  @Override
  public final List<String> windowNames() {
    return sizes.windows();
  }

  @Override
  public final int batch() {
    return batch;
  }

  @Override
  public final int time() {
    return time;
  }

  @Override
  public final Tensor losses() {
    return hostLosses;
  }

  @Override
  public final double evaluate(Batch input, int[] windows) {
    throw new IllegalStateException("a program on a device trains; the CPU evaluates");
  }

  @Override
  public final Tensor logits() {
    throw new IllegalStateException("a program on a device trains; the CPU evaluates");
  }

  @Override
  public final void resetState() {
    throw new IllegalStateException("a program on a device keeps no state between calls");
  }

  @Override
  public final long bufferBytes() {
    long bytes = 0;
    for (Object array : shared()) {
      bytes += ((TornadoNativeArray) array).getNumBytesOfSegment();
    }
    return bytes;
  }

  @Override
  public final void close() {
    if (graphs != null) {
      graphs.close();
    }
    arena.close();
  }
}
