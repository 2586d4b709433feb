  private void layerForward() {
    TaskGraph graph = begin("layerForward");
    graph.task("layerForwardRememberedForward", Small::layerForwardRememberedForward, context, control, stream, firstKeys);
    grid("layerForwardRememberedForward", ScanKernels.grid(batch, 32));
    end(graph);
  }

  /**
   * remembered = scan(x, x), from small.swax:1.
   */
  public static void layerForwardRememberedForward(KernelContext context, IntArray control,
      FloatArray stream, IntArray firstKeys) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    int streamOut = control.get(STREAM_OUT);
    ScanKernels.forward(context, stream, streamIn, stream, streamIn, stream, streamOut, firstKeys, rows, time, 32);
  }

  private void layerBackward() {
    TaskGraph graph = begin("layerBackward");
    graph.task("layerBackwardV3Backward", Small::layerBackwardV3Backward, context, control, stream, streamGradient, scratch, firstKeys);
    grid("layerBackwardV3Backward", ScanKernels.grid(batch, 32));
    graph.task("layerBackward1", Small::layerBackward1, context, control, streamGradient, scratch);
    grid("layerBackward1", parts());
    end(graph);
  }

  /**
   * v3 = scanGradient(x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3Backward(KernelContext context, IntArray control,
      FloatArray stream, FloatArray streamGradient, FloatArray scratch, IntArray firstKeys) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int capacity = control.get(CAPACITY);
    int streamIn = control.get(STREAM_IN);
    int streamOut = control.get(STREAM_OUT);
    int gradientIn = control.get(GRADIENT_IN);
    ScanKernels.backward(context, stream, streamIn, stream, streamOut, streamGradient, gradientIn, scratch, 0, scratch, 32 * capacity, 1, firstKeys, rows, time, 32);
  }

  /**
   * d_x, from small.swax:1.
   */
  public static void layerBackward1(KernelContext context, IntArray control,
      FloatArray streamGradient, FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int parts = control.get(PARTS);
    int gradientOut = control.get(GRADIENT_OUT);
    int thread = context.localIdx;
    int part = context.groupIdx;
    int v3From = 0;
    int v4From = 32 * capacity;
    int dXFrom = gradientOut;
    for (int row = part; row < rows; row += parts) {
      int at = row * 32;
      for (int c = thread; c < 32; c += 64) {
        float v3 = scratch.get(v3From + at + c);
        float v4 = scratch.get(v4From + at + c);
        float dX = v3 + v4;
        streamGradient.set(dXFrom + at + c, dX);
      }
    }
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
  }
