  // in arrays:
            List.of(Rotation.plain(8, 10000.0)),

  private void layerForward() {
    TaskGraph graph = begin("layerForward");
    graph.task("layerForwardRotated", Small::layerForwardRotated, context, control, stream, angles);
    grid("layerForwardRotated", RopeKernels.grid(capacity, 4, 8));
    end(graph);
  }

  /**
   * rotated = rope(x), from small.swax:1.
   */
  public static void layerForwardRotated(KernelContext context, IntArray control, FloatArray stream,
      FloatArray angles) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    int streamOut = control.get(STREAM_OUT);
    RopeKernels.rotatePairs(context, stream, streamIn, stream, streamOut, angles, 0, rows, time, 4, 8, 0);
  }

  private void layerBackward() {
    TaskGraph graph = begin("layerBackward");
    graph.task("layerBackwardDX", Small::layerBackwardDX, context, control, streamGradient, angles);
    grid("layerBackwardDX", RopeKernels.grid(capacity, 4, 8));
    end(graph);
  }

  /**
   * d_x = rope(dy), from small.swax:1.
   */
  public static void layerBackwardDX(KernelContext context, IntArray control,
      FloatArray streamGradient, FloatArray angles) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int gradientIn = control.get(GRADIENT_IN);
    int gradientOut = control.get(GRADIENT_OUT);
    RopeKernels.rotatePairs(context, streamGradient, gradientIn, streamGradient, gradientOut, angles, 0, rows, time, 4, 8, 1);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
  }
