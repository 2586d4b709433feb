  private void layerBackward() {
    TaskGraph graph = begin("layerBackward");
    graph.task("layerBackwardRows", Small::layerBackwardRows, context, control, stream, kept, scratch);
    grid("layerBackwardRows", GroupKernels.grid(capacity, 64));
    graph.task("layerBackwardDBias", Small::layerBackwardDBias, context, control, streamGradient, kept, scratch);
    grid("layerBackwardDBias", GroupKernels.grid(capacity, 64));
    graph.task("layerBackwardV7", Small::layerBackwardV7, context, control, gradients, kept, scratch);
    grid("layerBackwardV7", GroupKernels.grid(4, 32));
    graph.task("layerBackwardDRows", Small::layerBackwardDRows, context, control, weights, kept, scratch);
    grid("layerBackwardDRows", GroupKernels.grid(capacity, 64));
    graph.task("layerBackwardV9", Small::layerBackwardV9, context, control, gradients, kept, scratch);
    grid("layerBackwardV9", GroupKernels.grid(128, 32));
    graph.task("layerBackwardDX", Small::layerBackwardDX, context, control, streamGradient, kept, scratch);
    grid("layerBackwardDX", GroupKernels.grid(capacity, 32));
    end(graph);
  }

  /**
   * rows = dispatch(x, v3), from small.swax:1.
   */
  public static void layerBackwardRows(KernelContext context, IntArray control, FloatArray stream,
      FloatArray kept, FloatArray scratch) {
    int rows = control.get(ROWS);
    int keptFrom = control.get(KEPT_FROM);
    int streamIn = control.get(STREAM_IN);
    ExpertKernels.dispatch(context, stream, streamIn, kept, keptFrom, kept, keptFrom, scratch, 0, 0, rows, 2, 32);
  }

  /**
   * d_bias = dispatch(dy, v3), from small.swax:1.
   */
  public static void layerBackwardDBias(KernelContext context, IntArray control,
      FloatArray streamGradient, FloatArray kept, FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    int gradientIn = control.get(GRADIENT_IN);
    ExpertKernels.dispatch(context, streamGradient, gradientIn, kept, keptFrom, kept, keptFrom, scratch, 64 * capacity, 0, rows, 2, 32);
  }

  /**
   * gradient of b = rowsGradient(d_bias, v4), from small.swax:1.
   */
  public static void layerBackwardV7(KernelContext context, IntArray control, FloatArray gradients,
      FloatArray kept, FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int matrices = control.get(MATRICES);
    int keptFrom = control.get(KEPT_FROM);
    ExpertKernels.rowsGradient(context, scratch, 64 * capacity, kept, keptFrom + 2 * capacity, gradients, matrices + 4096, rows * 2, 32, 4);
  }

  /**
   * d_rows = matMul(d_bias, w, v4), from small.swax:1.
   */
  public static void layerBackwardDRows(KernelContext context, IntArray control, FloatArray weights,
      FloatArray kept, FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int matrices = control.get(MATRICES);
    int keptFrom = control.get(KEPT_FROM);
    ExpertKernels.transposedRight(context, scratch, 64 * capacity, weights, matrices, kept, keptFrom + 2 * capacity, scratch, 128 * capacity, rows * 2, 4, 32, 32);
  }

  /**
   * gradient of w = matMul(rows, d_bias, v4), from small.swax:1.
   */
  public static void layerBackwardV9(KernelContext context, IntArray control, FloatArray gradients,
      FloatArray kept, FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int matrices = control.get(MATRICES);
    int keptFrom = control.get(KEPT_FROM);
    ExpertKernels.transposedLeft(context, scratch, 0, scratch, 64 * capacity, kept, keptFrom + 2 * capacity, gradients, matrices, rows * 2, 4, 32, 32);
  }

  /**
   * d_x = combine(d_rows, v3), from small.swax:1.
   */
  public static void layerBackwardDX(KernelContext context, IntArray control,
      FloatArray streamGradient, FloatArray kept, FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    int gradientOut = control.get(GRADIENT_OUT);
    ExpertKernels.combine(context, scratch, 128 * capacity, kept, keptFrom, kept, keptFrom, streamGradient, gradientOut, 0, rows, 2, 32);
  }
