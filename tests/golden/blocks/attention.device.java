  // in arrays:
            32, 64, List.of("window"), 96, 32,
                new DeviceBlock("layerForward", "layerBackward", 0, 0, 4),

  // in workspaceFloats:
    most = Math.max(most, (long) capacity * 4);

  private void layerForward() {
    TaskGraph graph = begin("layerForward");
    graph.task("layerForwardAttended", Small::layerForwardAttended, context, control, stream, kept, firstKeys);
    grid("layerForwardAttended", AttentionKernels.queryGrid(batch, time, 4));
    end(graph);
  }

  /**
   * attended = attention(x, x, x), from small.swax:1.
   */
  public static void layerForwardAttended(KernelContext context, IntArray control,
      FloatArray stream, FloatArray kept, IntArray firstKeys) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int keptFrom = control.get(KEPT_FROM);
    int streamIn = control.get(STREAM_IN);
    int streamOut = control.get(STREAM_OUT);
    AttentionKernels.forward(context, stream, streamIn, stream, streamIn, stream, streamIn, stream, streamOut, kept, keptFrom, stream, streamIn, 0, firstKeys, rows, time, control.get(WINDOWS + 0), 4, 4, 8, 8, 0.35355338f, 0.0f, 0);
  }

  private void layerBackward() {
    TaskGraph graph = begin("layerBackward");
    graph.task("layerBackwardV4Queries", Small::layerBackwardV4Queries, context, control, stream, streamGradient, kept, scratch, workspace, firstKeys);
    grid("layerBackwardV4Queries", AttentionGradientKernels.queryGrid(batch, time, 4));
    graph.task("layerBackwardV4Keys", Small::layerBackwardV4Keys, context, control, stream, streamGradient, kept, scratch, workspace, firstKeys);
    grid("layerBackwardV4Keys", AttentionGradientKernels.keyGrid(batch, time, 4));
    graph.task("layerBackward1", Small::layerBackward1, context, control, streamGradient, scratch);
    grid("layerBackward1", parts());
    end(graph);
  }

  /**
   * v4 = attentionGradient(x, x, x, attended, v3, dy), from small.swax:1.
   */
  public static void layerBackwardV4Queries(KernelContext context, IntArray control,
      FloatArray stream, FloatArray streamGradient, FloatArray kept, FloatArray scratch,
      FloatArray workspace, IntArray firstKeys) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int keptFrom = control.get(KEPT_FROM);
    int streamIn = control.get(STREAM_IN);
    int streamOut = control.get(STREAM_OUT);
    int gradientIn = control.get(GRADIENT_IN);
    AttentionGradientKernels.gradientOfQueries(context, stream, streamIn, stream, streamIn, stream, streamIn, stream, streamOut, kept, keptFrom, streamGradient, gradientIn, workspace, 0, scratch, 0, firstKeys, rows, time, control.get(WINDOWS + 0), 4, 4, 8, 8, 0.35355338f, 0.0f, 0);
  }

  /**
   * v4 = attentionGradient(x, x, x, attended, v3, dy), from small.swax:1.
   */
  public static void layerBackwardV4Keys(KernelContext context, IntArray control, FloatArray stream,
      FloatArray streamGradient, FloatArray kept, FloatArray scratch, FloatArray workspace,
      IntArray firstKeys) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    int streamIn = control.get(STREAM_IN);
    int gradientIn = control.get(GRADIENT_IN);
    AttentionGradientKernels.gradientOfKeys(context, stream, streamIn, stream, streamIn, stream, streamIn, kept, keptFrom, streamGradient, gradientIn, workspace, 0, scratch, 32 * capacity, scratch, 64 * capacity, firstKeys, rows, time, control.get(WINDOWS + 0), 4, 4, 8, 8, 0.35355338f, 0.0f, 0);
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
    int v4From = 0;
    int v5From = 32 * capacity;
    int v6From = 64 * capacity;
    int dXFrom = gradientOut;
    for (int row = part; row < rows; row += parts) {
      int at = row * 32;
      for (int c = thread; c < 32; c += 64) {
        float v4 = scratch.get(v4From + at + c);
        float v5 = scratch.get(v5From + at + c);
        float v7 = v4 + v5;
        float v6 = scratch.get(v6From + at + c);
        float dX = v7 + v6;
        streamGradient.set(dXFrom + at + c, dX);
      }
    }
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
  }
