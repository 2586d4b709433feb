  private void layerBackward() {
    TaskGraph graph = begin("layerBackward");
    graph.task("layerBackwardDRotatedQueries", Small::layerBackwardDRotatedQueries, context, control, stream, streamGradient, kept, scratch, workspace, firstKeys);
    grid("layerBackwardDRotatedQueries", AttentionGradientKernels.queryGrid(batch, time, 4));
    graph.task("layerBackwardDRotatedKeys", Small::layerBackwardDRotatedKeys, context, control, stream, streamGradient, kept, scratch, workspace, firstKeys);
    grid("layerBackwardDRotatedKeys", AttentionGradientKernels.keyGrid(batch, time, 4));
    graph.task("layerBackwardDRotatedSinks", Small::layerBackwardDRotatedSinks, context, control, weights, gradients, kept, workspace);
    grid("layerBackwardDRotatedSinks", AttentionGradientKernels.sinkGrid(4));
    graph.task("layerBackward1", Small::layerBackward1, context, control, scratch);
    grid("layerBackward1", parts());
    graph.task("layerBackwardV11", Small::layerBackwardV11, context, control, scratch, angles);
    grid("layerBackwardV11", RopeKernels.shareGrid(capacity, 4, 8, 4));
    graph.task("layerBackward2", Small::layerBackward2, context, control, streamGradient, scratch);
    grid("layerBackward2", parts());
    end(graph);
  }

  /**
   * d_rotated = attentionGradient(rotated, x, x, sinks, attended, v5, dy), from small.swax:1.
   */
  public static void layerBackwardDRotatedQueries(KernelContext context, IntArray control,
      FloatArray stream, FloatArray streamGradient, FloatArray kept, FloatArray scratch,
      FloatArray workspace, IntArray firstKeys) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    int streamIn = control.get(STREAM_IN);
    int streamOut = control.get(STREAM_OUT);
    int gradientIn = control.get(GRADIENT_IN);
    AttentionGradientKernels.gradientOfQueries(context, kept, keptFrom, stream, streamIn, stream, streamIn, stream, streamOut, kept, keptFrom + 32 * capacity, streamGradient, gradientIn, workspace, 0, scratch, 0, firstKeys, rows, time, Integer.MAX_VALUE, 4, 4, 8, 8, 0.5f, 50.0f, 8);
  }

  /**
   * d_rotated = attentionGradient(rotated, x, x, sinks, attended, v5, dy), from small.swax:1.
   */
  public static void layerBackwardDRotatedKeys(KernelContext context, IntArray control,
      FloatArray stream, FloatArray streamGradient, FloatArray kept, FloatArray scratch,
      FloatArray workspace, IntArray firstKeys) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    int streamIn = control.get(STREAM_IN);
    int gradientIn = control.get(GRADIENT_IN);
    AttentionGradientKernels.gradientOfKeys(context, kept, keptFrom, stream, streamIn, stream, streamIn, kept, keptFrom + 32 * capacity, streamGradient, gradientIn, workspace, 0, scratch, 32 * capacity, scratch, 64 * capacity, firstKeys, rows, time, Integer.MAX_VALUE, 4, 4, 8, 8, 0.5f, 50.0f, 8);
  }

  /**
   * d_rotated = attentionGradient(rotated, x, x, sinks, attended, v5, dy), from small.swax:1.
   */
  public static void layerBackwardDRotatedSinks(KernelContext context, IntArray control,
      FloatArray weights, FloatArray gradients, FloatArray kept, FloatArray workspace) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int vectors = control.get(VECTORS);
    int keptFrom = control.get(KEPT_FROM);
    AttentionGradientKernels.gradientOfSinks(context, weights, vectors, kept, keptFrom + 32 * capacity, workspace, 0, gradients, vectors, rows, 4);
  }

  /**
   * v10, from small.swax:1.
   */
  public static void layerBackward1(KernelContext context, IntArray control, FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int parts = control.get(PARTS);
    int thread = context.localIdx;
    int part = context.groupIdx;
    int v7From = 32 * capacity;
    int v8From = 64 * capacity;
    int v10From = 96 * capacity;
    for (int row = part; row < rows; row += parts) {
      int at = row * 32;
      for (int c = thread; c < 32; c += 64) {
        float v7 = scratch.get(v7From + at + c);
        float v8 = scratch.get(v8From + at + c);
        float v10 = v7 + v8;
        scratch.set(v10From + at + c, v10);
      }
    }
  }

  /**
   * v11 = rope(d_rotated), from small.swax:1.
   */
  public static void layerBackwardV11(KernelContext context, IntArray control, FloatArray scratch,
      FloatArray angles) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    RopeKernels.rotateShare(context, scratch, 0, scratch, 0, angles, 0, rows, time, 4, 8, 4, 1, 1);
  }

  /**
   * d_x, from small.swax:1.
   */
  public static void layerBackward2(KernelContext context, IntArray control,
      FloatArray streamGradient, FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int parts = control.get(PARTS);
    int gradientOut = control.get(GRADIENT_OUT);
    int thread = context.localIdx;
    int part = context.groupIdx;
    int v10From = 96 * capacity;
    int v11From = 0;
    int dXFrom = gradientOut;
    for (int row = part; row < rows; row += parts) {
      int at = row * 32;
      for (int c = thread; c < 32; c += 64) {
        float v10 = scratch.get(v10From + at + c);
        float v11 = scratch.get(v11From + at + c);
        float dX = v10 + v11;
        streamGradient.set(dXFrom + at + c, dX);
      }
    }
  }
