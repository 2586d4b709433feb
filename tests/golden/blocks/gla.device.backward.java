  private void layerBackward() {
    TaskGraph graph = begin("layerBackward");
    graph.task("layerBackwardV3Decays", Small::layerBackwardV3Decays, context, control, stream, workspace, firstKeys);
    grid("layerBackwardV3Decays", GlaKernels.channelGrid(batch, time, 4, 8));
    graph.task("layerBackwardV3Increments", Small::layerBackwardV3Increments, context, control, stream, workspace);
    grid("layerBackwardV3Increments", GlaKernels.stateGrid(batch, time, 4, 8, 8));
    graph.task("layerBackwardV3Scan", Small::layerBackwardV3Scan, context, control, workspace);
    grid("layerBackwardV3Scan", GlaKernels.scanGrid(batch, 4, 8, 8));
    graph.task("layerBackwardV3Scores", Small::layerBackwardV3Scores, context, control, stream, workspace);
    grid("layerBackwardV3Scores", GlaKernels.chunkGrid(batch, time, 4));
    graph.task("layerBackwardV3SlopeIncrements", Small::layerBackwardV3SlopeIncrements, context, control, stream, streamGradient, workspace);
    grid("layerBackwardV3SlopeIncrements", GlaKernels.stateGrid(batch, time, 4, 8, 8));
    graph.task("layerBackwardV3SlopeScan", Small::layerBackwardV3SlopeScan, context, control, workspace);
    grid("layerBackwardV3SlopeScan", GlaKernels.scanGrid(batch, 4, 8, 8));
    graph.task("layerBackwardV3ScoreSlopes", Small::layerBackwardV3ScoreSlopes, context, control, stream, streamGradient, workspace);
    grid("layerBackwardV3ScoreSlopes", GlaKernels.chunkGrid(batch, time, 4));
    graph.task("layerBackwardV3GradientOfValues", Small::layerBackwardV3GradientOfValues, context, control, stream, streamGradient, scratch, workspace);
    grid("layerBackwardV3GradientOfValues", GlaKernels.columnGrid(batch, time, 4, 8));
    graph.task("layerBackwardV3ThroughState", Small::layerBackwardV3ThroughState, context, control, streamGradient, scratch, workspace);
    grid("layerBackwardV3ThroughState", GlaKernels.columnGrid(batch, time, 4, 8));
    graph.task("layerBackwardV3ThroughSlope", Small::layerBackwardV3ThroughSlope, context, control, stream, scratch, workspace);
    grid("layerBackwardV3ThroughSlope", GlaKernels.columnGrid(batch, time, 4, 8));
    graph.task("layerBackwardV3Pairs", Small::layerBackwardV3Pairs, context, control, stream, scratch, workspace);
    grid("layerBackwardV3Pairs", GlaKernels.channelGrid(batch, time, 4, 8));
    graph.task("layerBackward1", Small::layerBackward1, context, control, streamGradient, scratch);
    grid("layerBackward1", parts());
    end(graph);
  }

  /**
   * v3 = glaGradient(x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3Decays(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace, IntArray firstKeys) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    GlaKernels.decays(context, stream, streamIn, firstKeys, workspace, 0, rows, time, 4, 8, 0.5f);
  }

  /**
   * v3 = glaGradient(x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3Increments(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    GlaKernels.increments(context, stream, streamIn, stream, streamIn, workspace, 0, rows, time, 4, 8, 8);
  }

  /**
   * v3 = glaGradient(x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3Scan(KernelContext context, IntArray control,
      FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    GlaKernels.scan(context, workspace, 0, rows, time, 4, 8, 8);
  }

  /**
   * v3 = glaGradient(x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3Scores(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    GlaKernels.scores(context, stream, streamIn, stream, streamIn, workspace, 0, rows, time, 4, 8, 8, 0.5f);
  }

  /**
   * v3 = glaGradient(x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3SlopeIncrements(KernelContext context, IntArray control,
      FloatArray stream, FloatArray streamGradient, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    int gradientIn = control.get(GRADIENT_IN);
    GlaGradientKernels.slopeIncrements(context, stream, streamIn, streamGradient, gradientIn, workspace, 0, rows, time, 4, 8, 8);
  }

  /**
   * v3 = glaGradient(x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3SlopeScan(KernelContext context, IntArray control,
      FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    GlaGradientKernels.slopeScan(context, workspace, 0, rows, time, 4, 8, 8);
  }

  /**
   * v3 = glaGradient(x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3ScoreSlopes(KernelContext context, IntArray control,
      FloatArray stream, FloatArray streamGradient, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    int gradientIn = control.get(GRADIENT_IN);
    GlaGradientKernels.scoreSlopes(context, stream, streamIn, streamGradient, gradientIn, workspace, 0, rows, time, 4, 8, 8, 0.5f);
  }

  /**
   * v3 = glaGradient(x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3GradientOfValues(KernelContext context, IntArray control,
      FloatArray stream, FloatArray streamGradient, FloatArray scratch, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int capacity = control.get(CAPACITY);
    int streamIn = control.get(STREAM_IN);
    int gradientIn = control.get(GRADIENT_IN);
    GlaGradientKernels.gradientOfValues(context, stream, streamIn, streamGradient, gradientIn, scratch, 64 * capacity, workspace, 0, rows, time, 4, 8, 8);
  }

  /**
   * v3 = glaGradient(x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3ThroughState(KernelContext context, IntArray control,
      FloatArray streamGradient, FloatArray scratch, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int gradientIn = control.get(GRADIENT_IN);
    GlaGradientKernels.throughState(context, streamGradient, gradientIn, scratch, 0, workspace, 0, rows, time, 4, 8, 8);
  }

  /**
   * v3 = glaGradient(x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3ThroughSlope(KernelContext context, IntArray control,
      FloatArray stream, FloatArray scratch, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int capacity = control.get(CAPACITY);
    int streamIn = control.get(STREAM_IN);
    GlaGradientKernels.throughSlope(context, stream, streamIn, scratch, 32 * capacity, workspace, 0, rows, time, 4, 8, 8);
  }

  /**
   * v3 = glaGradient(x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3Pairs(KernelContext context, IntArray control,
      FloatArray stream, FloatArray scratch, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int capacity = control.get(CAPACITY);
    int streamIn = control.get(STREAM_IN);
    GlaGradientKernels.pairs(context, stream, streamIn, stream, streamIn, scratch, 0, scratch, 32 * capacity, scratch, 96 * capacity, workspace, 0, rows, time, 4, 8, 8);
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
    int v5From = 64 * capacity;
    int v6From = 96 * capacity;
    int dXFrom = gradientOut;
    for (int row = part; row < rows; row += parts) {
      int at = row * 32;
      for (int c = thread; c < 32; c += 64) {
        float v3 = scratch.get(v3From + at + c);
        float v4 = scratch.get(v4From + at + c);
        float v7 = v3 + v4;
        float v5 = scratch.get(v5From + at + c);
        float v8 = v7 + v5;
        float v6 = scratch.get(v6From + at + c);
        float dX = v8 + v6;
        streamGradient.set(dXFrom + at + c, dX);
      }
    }
  }
