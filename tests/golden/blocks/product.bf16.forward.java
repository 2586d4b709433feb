  // in arrays:
                new DeviceBlock("layerForward", "layerBackward", 1024, 0, 0),

  // in halfFloats:
    most = Math.max(most, (long) capacity * 32 + 1024 + (long) capacity * 32);
    most = Math.max(most, (long) capacity * 32 + (long) capacity * 32 + 1024);

  private void layerForward() {
    TaskGraph graph = begin("layerForward");
    graph.task("layerForwardProductLeft", Small::layerForwardProductLeft, context, control, stream, halves);
    grid("layerForwardProductLeft", BFloat16Kernels.grid((long) capacity * 32));
    graph.task("layerForwardProductRight", Small::layerForwardProductRight, context, control, weights, halves);
    grid("layerForwardProductRight", BFloat16Kernels.grid(1024));
    product(graph, "layerForwardProductProduct", Precision.BF16, Small::layerForwardProductProduct, halves, halves, halves);
    graph.task("layerForwardProduct", Small::layerForwardProduct, context, control, stream, halves);
    grid("layerForwardProduct", BFloat16Kernels.grid((long) capacity * 32));
    end(graph);
  }

  /**
   * product = matMul(x, w), from small.swax:1.
   */
  public static void layerForwardProductLeft(KernelContext context, IntArray control,
      FloatArray stream, ShortArray halves) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int streamIn = control.get(STREAM_IN);
    BFloat16Kernels.narrow(context, stream, streamIn, halves, 0, rows * 32);
  }

  /**
   * product = matMul(x, w), from small.swax:1.
   */
  public static void layerForwardProductRight(KernelContext context, IntArray control,
      FloatArray weights, ShortArray halves) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int matrices = control.get(MATRICES);
    BFloat16Kernels.narrow(context, weights, matrices, halves, capacity * 32, rows == 0 ? 0 : 1024);
  }

  /**
   * product = matMul(x, w), from small.swax:1.
   */
  public static Product layerForwardProductProduct(IntArray control) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    return Product.plain(0, capacity * 32, capacity * 32 + 1024, rows, 32, 32, 0);
  }

  /**
   * product = matMul(x, w), from small.swax:1.
   */
  public static void layerForwardProduct(KernelContext context, IntArray control, FloatArray stream,
      ShortArray halves) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int streamOut = control.get(STREAM_OUT);
    BFloat16Kernels.widen(context, halves, capacity * 32 + 1024, stream, streamOut, rows * 32, 0);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "w", 32, 32, new Initializer.Constant(1.0), true, 1));
  }
