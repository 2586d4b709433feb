  // in arrays:
                new DeviceBlock("layerForward", "layerBackward", 1024, 0, 0),

  // in workspaceFloats:
    most = Math.max(most, (long) MatmulKernels.parts(32, capacity, 32) * 1024);

  private void layerForward() {
    TaskGraph graph = begin("layerForward");
    graph.task("layerForwardProduct", Small::layerForwardProduct, context, control, weights, stream);
    grid("layerForwardProduct", MatmulKernels.grid(capacity, 32));
    end(graph);
  }

  /**
   * product = matMul(x, w), from small.swax:1.
   */
  public static void layerForwardProduct(KernelContext context, IntArray control,
      FloatArray weights, FloatArray stream) {
    int rows = control.get(ROWS);
    int matrices = control.get(MATRICES);
    int streamIn = control.get(STREAM_IN);
    int streamOut = control.get(STREAM_OUT);
    MatmulKernels.plain(context, stream, streamIn, weights, matrices, stream, streamOut, rows, 32, 32, 0);
  }

  private void layerBackward() {
    TaskGraph graph = begin("layerBackward");
    graph.task("layerBackwardDX", Small::layerBackwardDX, context, control, weights, streamGradient);
    grid("layerBackwardDX", MatmulKernels.grid(capacity, 32));
    graph.task("layerBackwardV4Parts", Small::layerBackwardV4Parts, context, control, stream, streamGradient, workspace);
    grid("layerBackwardV4Parts", MatmulKernels.grid(32, 32, MatmulKernels.parts(32, capacity, 32)));
    graph.task("layerBackwardV4", Small::layerBackwardV4, context, control, gradients, workspace);
    grid("layerBackwardV4", RowKernels.grid(1024));
    end(graph);
  }

  /**
   * d_x = matMul(dy, w), from small.swax:1.
   */
  public static void layerBackwardDX(KernelContext context, IntArray control, FloatArray weights,
      FloatArray streamGradient) {
    int rows = control.get(ROWS);
    int matrices = control.get(MATRICES);
    int gradientIn = control.get(GRADIENT_IN);
    int gradientOut = control.get(GRADIENT_OUT);
    MatmulKernels.transposedRight(context, streamGradient, gradientIn, weights, matrices, streamGradient, gradientOut, rows, 32, 32, 0);
  }

  /**
   * gradient of w = matMul(x, dy), from small.swax:1.
   */
  public static void layerBackwardV4Parts(KernelContext context, IntArray control,
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
  public static void layerBackwardV4(KernelContext context, IntArray control, FloatArray gradients,
      FloatArray workspace) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int matrices = control.get(MATRICES);
    RowKernels.addParts(context, workspace, 0, rows == 0 ? 0 : MatmulKernels.parts(32, capacity, 32), 1024, gradients, matrices, 1);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "w", 32, 32, new Initializer.Constant(1.0), true, 1));
  }
