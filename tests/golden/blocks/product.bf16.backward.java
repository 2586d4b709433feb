  private void layerBackward() {
    TaskGraph graph = begin("layerBackward");
    graph.task("layerBackwardDXLeft", Small::layerBackwardDXLeft, context, control, streamGradient, halves);
    grid("layerBackwardDXLeft", BFloat16Kernels.grid((long) capacity * 32));
    graph.task("layerBackwardDXRight", Small::layerBackwardDXRight, context, control, weights, halves);
    grid("layerBackwardDXRight", BFloat16Kernels.grid(1024));
    product(graph, "layerBackwardDXProduct", Precision.BF16, Small::layerBackwardDXProduct, halves, halves, halves);
    graph.task("layerBackwardDX", Small::layerBackwardDX, context, control, streamGradient, halves);
    grid("layerBackwardDX", BFloat16Kernels.grid((long) capacity * 32));
    graph.task("layerBackwardV4Left", Small::layerBackwardV4Left, context, control, stream, halves);
    grid("layerBackwardV4Left", BFloat16Kernels.grid((long) capacity * 32));
    graph.task("layerBackwardV4Right", Small::layerBackwardV4Right, context, control, streamGradient, halves);
    grid("layerBackwardV4Right", BFloat16Kernels.grid((long) capacity * 32));
    product(graph, "layerBackwardV4Product", Precision.BF16, Small::layerBackwardV4Product, halves, halves, halves);
    graph.task("layerBackwardV4", Small::layerBackwardV4, context, control, gradients, halves);
    grid("layerBackwardV4", BFloat16Kernels.grid(1024));
    end(graph);
  }

  /**
   * d_x = matMul(dy, w), from small.swax:1.
   */
  public static void layerBackwardDXLeft(KernelContext context, IntArray control,
      FloatArray streamGradient, ShortArray halves) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int gradientIn = control.get(GRADIENT_IN);
    BFloat16Kernels.narrow(context, streamGradient, gradientIn, halves, 0, rows * 32);
  }

  /**
   * d_x = matMul(dy, w), from small.swax:1.
   */
  public static void layerBackwardDXRight(KernelContext context, IntArray control,
      FloatArray weights, ShortArray halves) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int matrices = control.get(MATRICES);
    BFloat16Kernels.narrow(context, weights, matrices, halves, capacity * 32, rows == 0 ? 0 : 1024);
  }

  /**
   * d_x = matMul(dy, w), from small.swax:1.
   */
  public static Product layerBackwardDXProduct(IntArray control) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    return Product.transposedRight(0, capacity * 32, capacity * 32 + 1024, rows, 32, 32, 0);
  }

  /**
   * d_x = matMul(dy, w), from small.swax:1.
   */
  public static void layerBackwardDX(KernelContext context, IntArray control,
      FloatArray streamGradient, ShortArray halves) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int gradientOut = control.get(GRADIENT_OUT);
    BFloat16Kernels.widen(context, halves, capacity * 32 + 1024, streamGradient, gradientOut, rows * 32, 0);
  }

  /**
   * gradient of w = matMul(x, dy), from small.swax:1.
   */
  public static void layerBackwardV4Left(KernelContext context, IntArray control, FloatArray stream,
      ShortArray halves) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int streamIn = control.get(STREAM_IN);
    BFloat16Kernels.narrow(context, stream, streamIn, halves, 0, rows * 32);
  }

  /**
   * gradient of w = matMul(x, dy), from small.swax:1.
   */
  public static void layerBackwardV4Right(KernelContext context, IntArray control,
      FloatArray streamGradient, ShortArray halves) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int gradientIn = control.get(GRADIENT_IN);
    BFloat16Kernels.narrow(context, streamGradient, gradientIn, halves, capacity * 32, rows * 32);
  }

  /**
   * gradient of w = matMul(x, dy), from small.swax:1.
   */
  public static Product layerBackwardV4Product(IntArray control) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    return Product.transposedLeft(0, capacity * 32, capacity * 32 + capacity * 32, 32, rows, 32, 0);
  }

  /**
   * gradient of w = matMul(x, dy), from small.swax:1.
   */
  public static void layerBackwardV4(KernelContext context, IntArray control, FloatArray gradients,
      ShortArray halves) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int matrices = control.get(MATRICES);
    BFloat16Kernels.widen(context, halves, capacity * 32 + capacity * 32, gradients, matrices, rows == 0 ? 0 : 1024, 1);
  }
