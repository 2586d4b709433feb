  // in arrays:
                new DeviceBlock("layerForward", "layerBackward", 256, 0, 0),

  private void layerForward() {
    TaskGraph graph = begin("layerForward");
    graph.task("layerForwardProduct", Small::layerForwardProduct, context, control, weights, stream);
    grid("layerForwardProduct", GroupKernels.grid(capacity, 32));
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
    GroupKernels.plain(context, stream, streamIn, weights, matrices, stream, streamOut, rows, 4, 8, 8);
  }

  private void layerBackward() {
    TaskGraph graph = begin("layerBackward");
    graph.task("layerBackwardDX", Small::layerBackwardDX, context, control, weights, streamGradient);
    grid("layerBackwardDX", GroupKernels.grid(capacity, 32));
    graph.task("layerBackwardV4", Small::layerBackwardV4, context, control, gradients, stream, streamGradient);
    grid("layerBackwardV4", GroupKernels.grid(32, 8));
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
    GroupKernels.transposedRight(context, streamGradient, gradientIn, weights, matrices, streamGradient, gradientOut, rows, 4, 8, 8);
  }

  /**
   * gradient of w = matMul(x, dy), from small.swax:1.
   */
  public static void layerBackwardV4(KernelContext context, IntArray control, FloatArray gradients,
      FloatArray stream, FloatArray streamGradient) {
    int rows = control.get(ROWS);
    int matrices = control.get(MATRICES);
    int streamIn = control.get(STREAM_IN);
    int gradientIn = control.get(GRADIENT_IN);
    GroupKernels.transposedLeft(context, stream, streamIn, streamGradient, gradientIn, gradients, matrices, rows, 4, 8, 8);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "w", 32, 8, new Initializer.Constant(1.0), true, 4));
  }
