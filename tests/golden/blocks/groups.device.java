  // in arrays:
                new DeviceBlock("layerForward", "layerBackward", 512, 0, 0),

  // in workspaceFloats:
    most = Math.max(most, (long) MatmulKernels.parts(32, capacity, 16) * 512);

  private void layerForward() {
    TaskGraph graph = begin("layerForward");
    graph.task("layerForwardFew", Small::layerForwardFew, context, control, weights, stream, scratch);
    grid("layerForwardFew", MatmulKernels.grid(capacity, 16));
    graph.task("layerForwardEach", Small::layerForwardEach, context, control, stream, scratch);
    grid("layerForwardEach", GroupKernels.grid(capacity, 32));
    end(graph);
  }

  /**
   * few = matMul(x, w), from small.swax:1.
   */
  public static void layerForwardFew(KernelContext context, IntArray control, FloatArray weights,
      FloatArray stream, FloatArray scratch) {
    int rows = control.get(ROWS);
    int matrices = control.get(MATRICES);
    int streamIn = control.get(STREAM_IN);
    MatmulKernels.plain(context, stream, streamIn, weights, matrices, scratch, 0, rows, 32, 16, 0);
  }

  /**
   * each = repeat(few), from small.swax:1.
   */
  public static void layerForwardEach(KernelContext context, IntArray control, FloatArray stream,
      FloatArray scratch) {
    int rows = control.get(ROWS);
    int streamOut = control.get(STREAM_OUT);
    GroupKernels.repeat(context, scratch, 0, stream, streamOut, rows, 2, 2, 8);
  }

  private void layerBackward() {
    TaskGraph graph = begin("layerBackward");
    graph.task("layerBackwardDFew", Small::layerBackwardDFew, context, control, streamGradient, scratch);
    grid("layerBackwardDFew", GroupKernels.grid(capacity, 16));
    graph.task("layerBackwardDX", Small::layerBackwardDX, context, control, weights, streamGradient, scratch);
    grid("layerBackwardDX", MatmulKernels.grid(capacity, 32));
    graph.task("layerBackwardV5Parts", Small::layerBackwardV5Parts, context, control, stream, scratch, workspace);
    grid("layerBackwardV5Parts", MatmulKernels.grid(32, 16, MatmulKernels.parts(32, capacity, 16)));
    graph.task("layerBackwardV5", Small::layerBackwardV5, context, control, gradients, workspace);
    grid("layerBackwardV5", RowKernels.grid(512));
    end(graph);
  }

  /**
   * d_few = sumRepeats(dy), from small.swax:1.
   */
  public static void layerBackwardDFew(KernelContext context, IntArray control,
      FloatArray streamGradient, FloatArray scratch) {
    int rows = control.get(ROWS);
    int gradientIn = control.get(GRADIENT_IN);
    GroupKernels.sumRepeats(context, streamGradient, gradientIn, scratch, 0, rows, 2, 2, 8);
  }

  /**
   * d_x = matMul(d_few, w), from small.swax:1.
   */
  public static void layerBackwardDX(KernelContext context, IntArray control, FloatArray weights,
      FloatArray streamGradient, FloatArray scratch) {
    int rows = control.get(ROWS);
    int matrices = control.get(MATRICES);
    int gradientOut = control.get(GRADIENT_OUT);
    MatmulKernels.transposedRight(context, scratch, 0, weights, matrices, streamGradient, gradientOut, rows, 16, 32, 0);
  }

  /**
   * gradient of w = matMul(x, d_few), from small.swax:1.
   */
  public static void layerBackwardV5Parts(KernelContext context, IntArray control,
      FloatArray stream, FloatArray scratch, FloatArray workspace) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int streamIn = control.get(STREAM_IN);
    MatmulKernels.transposedLeftParts(context, stream, streamIn, scratch, 0, workspace, 0, 32, rows, 16, MatmulKernels.parts(32, capacity, 16));
  }

  /**
   * gradient of w = matMul(x, d_few), from small.swax:1.
   */
  public static void layerBackwardV5(KernelContext context, IntArray control, FloatArray gradients,
      FloatArray workspace) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int matrices = control.get(MATRICES);
    RowKernels.addParts(context, workspace, 0, rows == 0 ? 0 : MatmulKernels.parts(32, capacity, 16), 512, gradients, matrices, 1);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "w", 32, 16, new Initializer.Constant(1.0), true, 1));
  }
