  private void layerBackward() {
    TaskGraph graph = begin("layerBackward");
    graph.task("layerBackwardDFew", Small::layerBackwardDFew, context, control, streamGradient, scratch);
    grid("layerBackwardDFew", GroupKernels.grid(capacity, 12));
    graph.task("layerBackwardDMore", Small::layerBackwardDMore, context, control, streamGradient, scratch);
    grid("layerBackwardDMore", GroupKernels.grid(capacity, 20));
    graph.task("layerBackwardV6", Small::layerBackwardV6, context, control, weights, streamGradient, scratch);
    grid("layerBackwardV6", MatmulKernels.grid(capacity, 32));
    graph.task("layerBackwardV7Parts", Small::layerBackwardV7Parts, context, control, stream, scratch, workspace);
    grid("layerBackwardV7Parts", MatmulKernels.grid(32, 20, MatmulKernels.parts(32, capacity, 20)));
    graph.task("layerBackwardV7", Small::layerBackwardV7, context, control, gradients, workspace);
    grid("layerBackwardV7", RowKernels.grid(640));
    graph.task("layerBackwardV8Parts", Small::layerBackwardV8Parts, context, control, stream, scratch, workspace);
    grid("layerBackwardV8Parts", MatmulKernels.grid(32, 12, MatmulKernels.parts(32, capacity, 12)));
    graph.task("layerBackwardV8", Small::layerBackwardV8, context, control, gradients, workspace);
    grid("layerBackwardV8", RowKernels.grid(384));
    graph.task("layerBackwardDX", Small::layerBackwardDX, context, control, weights, streamGradient, scratch);
    grid("layerBackwardDX", MatmulKernels.grid(capacity, 32));
    end(graph);
  }

  /**
   * d_few = slice(dy), from small.swax:1.
   */
  public static void layerBackwardDFew(KernelContext context, IntArray control,
      FloatArray streamGradient, FloatArray scratch) {
    int rows = control.get(ROWS);
    int gradientIn = control.get(GRADIENT_IN);
    GroupKernels.copyColumns(context, streamGradient, gradientIn, scratch, 0, rows, 2, 16, 0, 6, 0, 6);
  }

  /**
   * d_more = slice(dy), from small.swax:1.
   */
  public static void layerBackwardDMore(KernelContext context, IntArray control,
      FloatArray streamGradient, FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int gradientIn = control.get(GRADIENT_IN);
    GroupKernels.copyColumns(context, streamGradient, gradientIn, scratch, 12 * capacity, rows, 2, 16, 6, 10, 0, 10);
  }

  /**
   * v6 = matMul(d_more, v), from small.swax:1.
   */
  public static void layerBackwardV6(KernelContext context, IntArray control, FloatArray weights,
      FloatArray streamGradient, FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int matrices = control.get(MATRICES);
    int gradientOut = control.get(GRADIENT_OUT);
    MatmulKernels.transposedRight(context, scratch, 12 * capacity, weights, matrices + 384, streamGradient, gradientOut, rows, 20, 32, 0);
  }

  /**
   * gradient of v = matMul(x, d_more), from small.swax:1.
   */
  public static void layerBackwardV7Parts(KernelContext context, IntArray control,
      FloatArray stream, FloatArray scratch, FloatArray workspace) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int streamIn = control.get(STREAM_IN);
    MatmulKernels.transposedLeftParts(context, stream, streamIn, scratch, 12 * capacity, workspace, 0, 32, rows, 20, MatmulKernels.parts(32, capacity, 20));
  }

  /**
   * gradient of v = matMul(x, d_more), from small.swax:1.
   */
  public static void layerBackwardV7(KernelContext context, IntArray control, FloatArray gradients,
      FloatArray workspace) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int matrices = control.get(MATRICES);
    RowKernels.addParts(context, workspace, 0, rows == 0 ? 0 : MatmulKernels.parts(32, capacity, 20), 640, gradients, matrices + 384, 1);
  }

  /**
   * gradient of w = matMul(x, d_few), from small.swax:1.
   */
  public static void layerBackwardV8Parts(KernelContext context, IntArray control,
      FloatArray stream, FloatArray scratch, FloatArray workspace) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int streamIn = control.get(STREAM_IN);
    MatmulKernels.transposedLeftParts(context, stream, streamIn, scratch, 0, workspace, 0, 32, rows, 12, MatmulKernels.parts(32, capacity, 12));
  }

  /**
   * gradient of w = matMul(x, d_few), from small.swax:1.
   */
  public static void layerBackwardV8(KernelContext context, IntArray control, FloatArray gradients,
      FloatArray workspace) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int matrices = control.get(MATRICES);
    RowKernels.addParts(context, workspace, 0, rows == 0 ? 0 : MatmulKernels.parts(32, capacity, 12), 384, gradients, matrices, 1);
  }

  /**
   * d_x = matMulAdd(v6, d_few, w), from small.swax:1.
   */
  public static void layerBackwardDX(KernelContext context, IntArray control, FloatArray weights,
      FloatArray streamGradient, FloatArray scratch) {
    int rows = control.get(ROWS);
    int matrices = control.get(MATRICES);
    int gradientOut = control.get(GRADIENT_OUT);
    MatmulKernels.transposedRight(context, scratch, 0, weights, matrices, streamGradient, gradientOut, rows, 12, 32, 1);
  }
