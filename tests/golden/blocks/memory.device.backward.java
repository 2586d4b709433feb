  private void layerBackward() {
    TaskGraph graph = begin("layerBackward");
    graph.task("layerBackwardV5Gates", Small::layerBackwardV5Gates, context, control, stream, kept, workspace, firstKeys);
    grid("layerBackwardV5Gates", MemoryKernels.headGrid(batch, 32));
    graph.task("layerBackwardV5Increments", Small::layerBackwardV5Increments, context, control, stream, workspace);
    grid("layerBackwardV5Increments", MemoryKernels.stateGrid(batch, time, 32, 1, 1));
    graph.task("layerBackwardV5Scan", Small::layerBackwardV5Scan, context, control, workspace);
    grid("layerBackwardV5Scan", MemoryKernels.scanGrid(batch, 32, 1, 1));
    graph.task("layerBackwardV5Readout", Small::layerBackwardV5Readout, context, control, stream, streamGradient, kept, workspace);
    grid("layerBackwardV5Readout", MemoryKernels.tokenGrid(batch, time, 32));
    graph.task("layerBackwardV5SlopeIncrements", Small::layerBackwardV5SlopeIncrements, context, control, stream, streamGradient, workspace);
    grid("layerBackwardV5SlopeIncrements", MemoryKernels.stateGrid(batch, time, 32, 1, 1));
    graph.task("layerBackwardV5SlopeScan", Small::layerBackwardV5SlopeScan, context, control, workspace);
    grid("layerBackwardV5SlopeScan", MemoryKernels.scanGrid(batch, 32, 1, 1));
    graph.task("layerBackwardV5ScoreSlopes", Small::layerBackwardV5ScoreSlopes, context, control, stream, streamGradient, workspace);
    grid("layerBackwardV5ScoreSlopes", MemoryKernels.chunkGrid(batch, time, 32));
    graph.task("layerBackwardV5GradientOfQueries", Small::layerBackwardV5GradientOfQueries, context, control, stream, streamGradient, scratch, workspace);
    grid("layerBackwardV5GradientOfQueries", MemoryKernels.columnGrid(batch, time, 32, 1));
    graph.task("layerBackwardV5GradientOfKeys", Small::layerBackwardV5GradientOfKeys, context, control, stream, scratch, workspace);
    grid("layerBackwardV5GradientOfKeys", MemoryKernels.columnGrid(batch, time, 32, 1));
    graph.task("layerBackwardV5GradientOfValues", Small::layerBackwardV5GradientOfValues, context, control, stream, streamGradient, scratch, workspace);
    grid("layerBackwardV5GradientOfValues", MemoryKernels.columnGrid(batch, time, 32, 1));
    graph.task("layerBackwardV5GradientOfGates", Small::layerBackwardV5GradientOfGates, context, control, scratch, workspace);
    grid("layerBackwardV5GradientOfGates", MemoryKernels.chunkGrid(batch, time, 32));
    graph.task("layerBackward1", Small::layerBackward1, context, control, streamGradient, scratch);
    grid("layerBackward1", parts());
    end(graph);
  }

  /**
   * v5 = memoryGradient(x, x, x, x, x, remembered, v3, v4, dy), from small.swax:1.
   */
  public static void layerBackwardV5Gates(KernelContext context, IntArray control,
      FloatArray stream, FloatArray kept, FloatArray workspace, IntArray firstKeys) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    int streamIn = control.get(STREAM_IN);
    MemoryKernels.gates(context, stream, streamIn, stream, streamIn, kept, keptFrom + 32 * capacity, firstKeys, workspace, 0, rows, time, 32, 1, 1, 1);
  }

  /**
   * v5 = memoryGradient(x, x, x, x, x, remembered, v3, v4, dy), from small.swax:1.
   */
  public static void layerBackwardV5Increments(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    MemoryKernels.increments(context, stream, streamIn, stream, streamIn, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * v5 = memoryGradient(x, x, x, x, x, remembered, v3, v4, dy), from small.swax:1.
   */
  public static void layerBackwardV5Scan(KernelContext context, IntArray control,
      FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    MemoryKernels.scan(context, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * v5 = memoryGradient(x, x, x, x, x, remembered, v3, v4, dy), from small.swax:1.
   */
  public static void layerBackwardV5Readout(KernelContext context, IntArray control,
      FloatArray stream, FloatArray streamGradient, FloatArray kept, FloatArray workspace) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    int streamOut = control.get(STREAM_OUT);
    int gradientIn = control.get(GRADIENT_IN);
    MemoryGradientKernels.readout(context, stream, streamOut, streamGradient, gradientIn, kept, keptFrom, kept, keptFrom + 32 * capacity, workspace, 0, rows, 32, 1, 0.5f, MemoryKernels.MAX_ABS_ONE);
  }

  /**
   * v5 = memoryGradient(x, x, x, x, x, remembered, v3, v4, dy), from small.swax:1.
   */
  public static void layerBackwardV5SlopeIncrements(KernelContext context, IntArray control,
      FloatArray stream, FloatArray streamGradient, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    int gradientIn = control.get(GRADIENT_IN);
    MemoryGradientKernels.slopeIncrements(context, stream, streamIn, streamGradient, gradientIn, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * v5 = memoryGradient(x, x, x, x, x, remembered, v3, v4, dy), from small.swax:1.
   */
  public static void layerBackwardV5SlopeScan(KernelContext context, IntArray control,
      FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    MemoryGradientKernels.slopeScan(context, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * v5 = memoryGradient(x, x, x, x, x, remembered, v3, v4, dy), from small.swax:1.
   */
  public static void layerBackwardV5ScoreSlopes(KernelContext context, IntArray control,
      FloatArray stream, FloatArray streamGradient, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    int gradientIn = control.get(GRADIENT_IN);
    MemoryGradientKernels.scoreSlopes(context, stream, streamIn, stream, streamIn, stream, streamIn, streamGradient, gradientIn, workspace, 0, rows, time, 32, 1, 1, 0.5f);
  }

  /**
   * v5 = memoryGradient(x, x, x, x, x, remembered, v3, v4, dy), from small.swax:1.
   */
  public static void layerBackwardV5GradientOfQueries(KernelContext context, IntArray control,
      FloatArray stream, FloatArray streamGradient, FloatArray scratch, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    int gradientIn = control.get(GRADIENT_IN);
    MemoryGradientKernels.gradientOfQueries(context, stream, streamIn, stream, streamIn, streamGradient, gradientIn, scratch, 0, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * v5 = memoryGradient(x, x, x, x, x, remembered, v3, v4, dy), from small.swax:1.
   */
  public static void layerBackwardV5GradientOfKeys(KernelContext context, IntArray control,
      FloatArray stream, FloatArray scratch, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int capacity = control.get(CAPACITY);
    int streamIn = control.get(STREAM_IN);
    MemoryGradientKernels.gradientOfKeys(context, stream, streamIn, stream, streamIn, stream, streamIn, scratch, 32 * capacity, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * v5 = memoryGradient(x, x, x, x, x, remembered, v3, v4, dy), from small.swax:1.
   */
  public static void layerBackwardV5GradientOfValues(KernelContext context, IntArray control,
      FloatArray stream, FloatArray streamGradient, FloatArray scratch, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int capacity = control.get(CAPACITY);
    int streamIn = control.get(STREAM_IN);
    int gradientIn = control.get(GRADIENT_IN);
    MemoryGradientKernels.gradientOfValues(context, stream, streamIn, streamGradient, gradientIn, scratch, 64 * capacity, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * v5 = memoryGradient(x, x, x, x, x, remembered, v3, v4, dy), from small.swax:1.
   */
  public static void layerBackwardV5GradientOfGates(KernelContext context, IntArray control,
      FloatArray scratch, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int capacity = control.get(CAPACITY);
    MemoryGradientKernels.gradientOfGates(context, scratch, 96 * capacity, scratch, 128 * capacity, workspace, 0, rows, time, 32, 1, 1, 1, 1);
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
    int v5From = 0;
    int v6From = 32 * capacity;
    int v7From = 64 * capacity;
    int v8From = 96 * capacity;
    int v9From = 128 * capacity;
    int dXFrom = gradientOut;
    for (int row = part; row < rows; row += parts) {
      int at = row * 32;
      for (int c = thread; c < 32; c += 64) {
        float v5 = scratch.get(v5From + at + c);
        float v6 = scratch.get(v6From + at + c);
        float v10 = v5 + v6;
        float v7 = scratch.get(v7From + at + c);
        float v11 = v10 + v7;
        float v8 = scratch.get(v8From + at + c);
        float v12 = v11 + v8;
        float v9 = scratch.get(v9From + at + c);
        float dX = v12 + v9;
        streamGradient.set(dXFrom + at + c, dX);
      }
    }
  }
