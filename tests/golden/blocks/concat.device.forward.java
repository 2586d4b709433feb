  // in arrays:
                new DeviceBlock("layerForward", "layerBackward", 1024, 0, 0),

  // in workspaceFloats:
    most = Math.max(most, (long) MatmulKernels.parts(32, capacity, 20) * 640);
    most = Math.max(most, (long) MatmulKernels.parts(32, capacity, 12) * 384);

  private void layerForward() {
    TaskGraph graph = begin("layerForward");
    graph.task("layerForwardFew", Small::layerForwardFew, context, control, weights, stream, scratch);
    grid("layerForwardFew", MatmulKernels.grid(capacity, 12));
    graph.task("layerForwardMore", Small::layerForwardMore, context, control, weights, stream, scratch);
    grid("layerForwardMore", MatmulKernels.grid(capacity, 20));
    graph.task("layerForwardBothLeft", Small::layerForwardBothLeft, context, control, stream, scratch);
    grid("layerForwardBothLeft", GroupKernels.grid(capacity, 12));
    graph.task("layerForwardBothRight", Small::layerForwardBothRight, context, control, stream, scratch);
    grid("layerForwardBothRight", GroupKernels.grid(capacity, 20));
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
    MatmulKernels.plain(context, stream, streamIn, weights, matrices, scratch, 0, rows, 32, 12, 0);
  }

  /**
   * more = matMul(x, v), from small.swax:1.
   */
  public static void layerForwardMore(KernelContext context, IntArray control, FloatArray weights,
      FloatArray stream, FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int matrices = control.get(MATRICES);
    int streamIn = control.get(STREAM_IN);
    MatmulKernels.plain(context, stream, streamIn, weights, matrices + 384, scratch, 12 * capacity, rows, 32, 20, 0);
  }

  /**
   * both = concat(few, more), from small.swax:1.
   */
  public static void layerForwardBothLeft(KernelContext context, IntArray control,
      FloatArray stream, FloatArray scratch) {
    int rows = control.get(ROWS);
    int streamOut = control.get(STREAM_OUT);
    GroupKernels.copyColumns(context, scratch, 0, stream, streamOut, rows, 2, 6, 0, 16, 0, 6);
  }

  /**
   * both = concat(few, more), from small.swax:1.
   */
  public static void layerForwardBothRight(KernelContext context, IntArray control,
      FloatArray stream, FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int streamOut = control.get(STREAM_OUT);
    GroupKernels.copyColumns(context, scratch, 12 * capacity, stream, streamOut, rows, 2, 10, 0, 16, 6, 10);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "w", 32, 12, new Initializer.Constant(1.0), true, 1));
    specs.add(new ParameterSpec(layer + "v", 32, 20, new Initializer.Constant(1.0), true, 1));
  }
