  // in arrays:
                new DeviceBlock("layerForward", "layerBackward", 2048, 0, 0),

  // in workspaceFloats:
    most = Math.max(most, (long) MatmulKernels.parts(32, capacity, 32) * 1024);

  private void layerForward() {
    TaskGraph graph = begin("layerForward");
    graph.task("layerForwardFirst", Small::layerForwardFirst, context, control, weights, stream);
    grid("layerForwardFirst", MatmulKernels.grid(capacity, 32));
    graph.task("layerForwardV4", Small::layerForwardV4, context, control, weights, stream);
    grid("layerForwardV4", MatmulKernels.grid(capacity, 32));
    end(graph);
  }

  /**
   * first = matMul(x, w), from small.swax:1.
   */
  public static void layerForwardFirst(KernelContext context, IntArray control, FloatArray weights,
      FloatArray stream) {
    int rows = control.get(ROWS);
    int matrices = control.get(MATRICES);
    int streamIn = control.get(STREAM_IN);
    int streamOut = control.get(STREAM_OUT);
    MatmulKernels.plain(context, stream, streamIn, weights, matrices, stream, streamOut, rows, 32, 32, 0);
  }

  /**
   * y = matMulAdd(first, x, u), from small.swax:1.
   */
  public static void layerForwardV4(KernelContext context, IntArray control, FloatArray weights,
      FloatArray stream) {
    int rows = control.get(ROWS);
    int matrices = control.get(MATRICES);
    int streamIn = control.get(STREAM_IN);
    int streamOut = control.get(STREAM_OUT);
    MatmulKernels.transposedRight(context, stream, streamIn, weights, matrices + 1024, stream, streamOut, rows, 32, 32, 1);
  }

  private void layerBackward() {
    TaskGraph graph = begin("layerBackward");
    graph.task("layerBackwardV4", Small::layerBackwardV4, context, control, weights, streamGradient);
    grid("layerBackwardV4", MatmulKernels.grid(capacity, 32));
    graph.task("layerBackwardV5Parts", Small::layerBackwardV5Parts, context, control, stream, streamGradient, workspace);
    grid("layerBackwardV5Parts", MatmulKernels.grid(32, 32, MatmulKernels.parts(32, capacity, 32)));
    graph.task("layerBackwardV5", Small::layerBackwardV5, context, control, gradients, workspace);
    grid("layerBackwardV5", RowKernels.grid(1024));
    graph.task("layerBackwardV6Parts", Small::layerBackwardV6Parts, context, control, stream, streamGradient, workspace);
    grid("layerBackwardV6Parts", MatmulKernels.grid(32, 32, MatmulKernels.parts(32, capacity, 32)));
    graph.task("layerBackwardV6", Small::layerBackwardV6, context, control, gradients, workspace);
    grid("layerBackwardV6", RowKernels.grid(1024));
    graph.task("layerBackwardDX", Small::layerBackwardDX, context, control, weights, streamGradient);
    grid("layerBackwardDX", MatmulKernels.grid(capacity, 32));
    end(graph);
  }

  /**
   * v4 = matMul(dy, u), from small.swax:1.
   */
  public static void layerBackwardV4(KernelContext context, IntArray control, FloatArray weights,
      FloatArray streamGradient) {
    int rows = control.get(ROWS);
    int matrices = control.get(MATRICES);
    int gradientIn = control.get(GRADIENT_IN);
    int gradientOut = control.get(GRADIENT_OUT);
    MatmulKernels.plain(context, streamGradient, gradientIn, weights, matrices + 1024, streamGradient, gradientOut, rows, 32, 32, 0);
  }

  /**
   * gradient of u = matMul(dy, x), from small.swax:1.
   */
  public static void layerBackwardV5Parts(KernelContext context, IntArray control,
      FloatArray stream, FloatArray streamGradient, FloatArray workspace) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int streamIn = control.get(STREAM_IN);
    int gradientIn = control.get(GRADIENT_IN);
    MatmulKernels.transposedLeftParts(context, streamGradient, gradientIn, stream, streamIn, workspace, 0, 32, rows, 32, MatmulKernels.parts(32, capacity, 32));
  }

  /**
   * gradient of u = matMul(dy, x), from small.swax:1.
   */
  public static void layerBackwardV5(KernelContext context, IntArray control, FloatArray gradients,
      FloatArray workspace) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int matrices = control.get(MATRICES);
    RowKernels.addParts(context, workspace, 0, rows == 0 ? 0 : MatmulKernels.parts(32, capacity, 32), 1024, gradients, matrices + 1024, 1);
  }

  /**
   * gradient of w = matMul(x, dy), from small.swax:1.
   */
  public static void layerBackwardV6Parts(KernelContext context, IntArray control,
      FloatArray stream, FloatArray streamGradient, FloatArray workspace) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int streamIn = control.get(STREAM_IN);
    int gradientIn = control.get(GRADIENT_IN);
    MatmulKernels.transposedLeftParts(context, stream, streamIn, streamGradient, gradientIn, workspace, 0, 32, rows, 32, MatmulKernels.parts(32, capacity, 32));
  }

  /**
   * gradient of w = matMul(x, dy), from small.swax:1.
   */
  public static void layerBackwardV6(KernelContext context, IntArray control, FloatArray gradients,
      FloatArray workspace) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int matrices = control.get(MATRICES);
    RowKernels.addParts(context, workspace, 0, rows == 0 ? 0 : MatmulKernels.parts(32, capacity, 32), 1024, gradients, matrices, 1);
  }

  /**
   * d_x = matMulAdd(v4, dy, w), from small.swax:1.
   */
  public static void layerBackwardDX(KernelContext context, IntArray control, FloatArray weights,
      FloatArray streamGradient) {
    int rows = control.get(ROWS);
    int matrices = control.get(MATRICES);
    int gradientIn = control.get(GRADIENT_IN);
    int gradientOut = control.get(GRADIENT_OUT);
    MatmulKernels.transposedRight(context, streamGradient, gradientIn, weights, matrices, streamGradient, gradientOut, rows, 32, 32, 1);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "w", 32, 32, new Initializer.Constant(1.0), true, 1));
    specs.add(new ParameterSpec(layer + "u", 32, 32, new Initializer.Constant(1.0), true, 1));
  }
