package dev.swax.tornado;

import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.DeviceProgram;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.UpdateRule;
import dev.swax.runtime.program.ZLoss;
import dev.swax.runtime.tensor.Tensor;
import dev.swax.tornado.cublas.Precision;
import dev.swax.tornado.cublas.Product;
import dev.swax.tornado.cublas.ProductTask;
import dev.swax.tornado.kernel.TokenOrder;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * What all programs on a device share: arrays, the walk over the layers, and the graphs that do not
 * depend on the model. A generated class adds the passes over its layers. A device program only
 * trains. The CPU program evaluates, with the parameters that {@link #refreshParameters} copies
 * back.
 *
 * <p>Weights, gradients, moments and activations stay on the device. A call sends tokens, targets
 * and a few numbers, and returns a loss for each token.
 */
public abstract class TornadoProgram extends DeviceBuffers implements DeviceProgram {
  /** Threads of a work-group of a row kernel, as generated code has it. */
  private static final int ROW_THREADS = 64;

  private final Parameters parameters;
  private final DeviceOptimizer optimizer;
  private final int parts;
  private final Arena arena = Arena.ofShared();
  private final Tensor hostLosses;
  private final TokenOrder order;
  private final TokenOrder positionOrder;
  private final ZLoss zLoss = new ZLoss();
  private @Nullable DeviceGraphs graphs;
  private boolean loaded;

  protected TornadoProgram(Parameters parameters, DeviceOptimizer optimizer, DeviceArrays arrays) {
    super(arrays);
    this.parameters = parameters;
    this.optimizer = optimizer;
    this.parts = arrays.parts();
    this.order = new TokenOrder(sizes.vocabulary());
    this.positionOrder = new TokenOrder(sizes.positions());
    this.hostLosses = Tensor.allocate(arena, capacity);
  }

  /** Calls {@link #begin}, adds tasks and calls {@link #end}, once for each pass over a block. */
  protected abstract void addGraphs();

  // For generated code ----------------------------------------------------------------------------

  /** A graph that finds every array on the device. */
  protected final TaskGraph begin(String name) {
    return graphs().begin(name);
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

  // Calls -----------------------------------------------------------------------------------------

  @Override
  public final void start(boolean captured, Progress progress) {
    if (graphs != null) {
      return;
    }
    graphs = new DeviceGraphs(this);
    var fixed = new FixedGraphs(this, graphs);
    fixed.addLoad();
    addGraphs();
    fixed.addRest();
    new MuonGraphs(this, graphs).add(parameters.all());
    graphs.ready(captured);
    // compiles: with no rows nothing is computed, and what is copied is loaded anew afterwards
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

  @Override
  public final void addZLoss(double coefficient) {
    zLoss.set(coefficient);
  }

  @Override
  public final double zLoss() {
    return zLoss.sum();
  }

  @Override
  public final double accumulate(Batch input, int[] windows, double scale) {
    if (!loaded) {
      parametersChanged();
    }
    bind(input, windows);
    settings.set(SCALE, (float) scale);
    settings.set(Z_LOSS, (float) zLoss.coefficient());
    settings.set(PREDICTED, (float) (scale * predicted(input)));
    for (int step = 0; step < places.steps(); step++) {
      enter(step);
      graphs().execute(places.block(step).forward());
    }
    double sum = takeLosses(input);
    for (int step = places.steps() - 1; step >= 0; step--) {
      enter(step);
      graphs().execute(places.block(step).backward());
    }
    return sum;
  }

  /** Takes the losses from the array that the device filled, and returns their sum. */
  private double takeLosses(Batch input) {
    double sum = 0;
    zLoss.begin();
    for (int row = 0; row < input.batch() * input.time(); row++) {
      float loss = losses.get(2 * row);
      hostLosses.set(row, loss);
      sum += loss;
      if (input.targets()[row] >= 0) {
        zLoss.add(losses.get(2 * row + 1));
      }
    }
    return sum;
  }

  private static int predicted(Batch input) {
    int count = 0;
    for (int row = 0; row < input.batch() * input.time(); row++) {
      count += input.targets()[row] < 0 ? 0 : 1;
    }
    return count;
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
    int rows = input.batch() * input.time();
    order.fill(tokens, 0, rows, tokenOrder, 0, tokenStarts, 0);
    if (sizes.positions() > 0) {
      bindPositions(rows, input.time());
    }
  }

  /** How many tokens of its document stand before each token, after the tokens themselves. */
  private void bindPositions(int rows, int length) {
    for (int row = 0; row < rows; row++) {
      int position = row % length - firstKeys.get(row);
      tokens.set(capacity + row, position % sizes.positions());
    }
    positionOrder.fill(
        tokens, capacity, rows, tokenOrder, capacity, tokenStarts, sizes.vocabulary() + 1);
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
    control.set(MODEL_VECTORS, places.vectors(0));
    control.set(KEPT_FROM, places.kept(step));
    control.set(STREAM_IN, places.stream(step));
    control.set(STREAM_OUT, places.stream(step + 1));
    control.set(GRADIENT_IN, places.gradient(step + 1));
    control.set(GRADIENT_OUT, places.gradient(step));
    int[] reads = places.reads(step);
    for (int i = 0; i < reads.length; i++) {
      control.set(WINDOWS + sizes.windows().size() + i, reads[i]);
    }
  }

  @Override
  public final double sumOfGradientSquares() {
    graphs().execute(FixedGraphs.NORM);
    double sum = 0;
    for (int i = 0; i < squares.getSize(); i++) {
      sum += squares.get(i);
    }
    return sum;
  }

  @Override
  public final void update(double rate, double gradientScale, long step) {
    update(optimizer.rules(parameters.all()), rate, gradientScale, step);
  }

  @Override
  public final void update(List<UpdateRule> rules, double rate, double gradientScale, long step) {
    List<RuleRange> ranges = RuleRange.all(places, parameters, rules);
    new DeviceUpdates(this, graphs()).run(ranges, rate, gradientScale, step);
  }

  @Override
  public final void clearGradients() {
    if (!loaded) {
      parametersChanged();
    }
    graphs().execute(FixedGraphs.CLEAR);
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
    graphs().execute(FixedGraphs.LOAD);
    loaded = true;
  }

  @Override
  public final void refreshParameters() {
    if (!loaded) {
      return;
    }
    graphs().execute(FixedGraphs.FETCH);
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
  public final double evaluateApart(Batch input, int[] windows) {
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
    try {
      if (graphs != null) {
        graphs.close();
      }
    } finally {
      arena.close();
    }
  }
}
