  private void layerBackward() {
    TaskGraph graph = begin("layerBackward");
    graph.task("layerBackwardV3Gates", Small::layerBackwardV3Gates, context, control, stream, workspace, firstKeys);
    grid("layerBackwardV3Gates", DeltaKernels.gateGrid(batch, time, 32));
    graph.task("layerBackwardV3Scores", Small::layerBackwardV3Scores, context, control, stream, workspace);
    grid("layerBackwardV3Scores", DeltaKernels.chunkGrid(batch, time, 32));
    graph.task("layerBackwardV3Solve", Small::layerBackwardV3Solve, context, control, stream, workspace);
    grid("layerBackwardV3Solve", DeltaKernels.solveGrid(batch, time, 32, 2));
    graph.task("layerBackwardV3Increments", Small::layerBackwardV3Increments, context, control, stream, workspace);
    grid("layerBackwardV3Increments", DeltaKernels.stateGrid(batch, time, 32, 1, 1));
    graph.task("layerBackwardV3Moves", Small::layerBackwardV3Moves, context, control, stream, workspace);
    grid("layerBackwardV3Moves", DeltaKernels.stateGrid(batch, time, 32, 1, 1));
    graph.task("layerBackwardV3Walk", Small::layerBackwardV3Walk, context, control, workspace);
    grid("layerBackwardV3Walk", DeltaKernels.walkGrid(batch, 32, 1));
    graph.task("layerBackwardV3Writes", Small::layerBackwardV3Writes, context, control, workspace);
    grid("layerBackwardV3Writes", DeltaKernels.columnGrid(batch, time, 32, 1));
    graph.task("layerBackwardV3OutputSlopes", Small::layerBackwardV3OutputSlopes, context, control, streamGradient, workspace);
    grid("layerBackwardV3OutputSlopes", DeltaKernels.columnGrid(batch, time, 32, 1));
    graph.task("layerBackwardV3SlopeIncrements", Small::layerBackwardV3SlopeIncrements, context, control, stream, streamGradient, workspace);
    grid("layerBackwardV3SlopeIncrements", DeltaKernels.stateGrid(batch, time, 32, 1, 1));
    graph.task("layerBackwardV3SlopeReads", Small::layerBackwardV3SlopeReads, context, control, workspace);
    grid("layerBackwardV3SlopeReads", DeltaKernels.stateGrid(batch, time, 32, 1, 1));
    graph.task("layerBackwardV3SlopeWalk", Small::layerBackwardV3SlopeWalk, context, control, workspace);
    grid("layerBackwardV3SlopeWalk", DeltaKernels.walkGrid(batch, 32, 1));
    graph.task("layerBackwardV3WriteSlopes", Small::layerBackwardV3WriteSlopes, context, control, stream, workspace);
    grid("layerBackwardV3WriteSlopes", DeltaKernels.columnGrid(batch, time, 32, 1));
    graph.task("layerBackwardV3SolveSlopes", Small::layerBackwardV3SolveSlopes, context, control, workspace);
    grid("layerBackwardV3SolveSlopes", DeltaKernels.solveGrid(batch, time, 32, 1));
    graph.task("layerBackwardV3ScoreSlopes", Small::layerBackwardV3ScoreSlopes, context, control, streamGradient, workspace);
    grid("layerBackwardV3ScoreSlopes", DeltaKernels.chunkGrid(batch, time, 32));
    graph.task("layerBackwardV3Queries", Small::layerBackwardV3Queries, context, control, stream, streamGradient, scratch, workspace);
    grid("layerBackwardV3Queries", DeltaKernels.columnGrid(batch, time, 32, 1));
    graph.task("layerBackwardV3Erased", Small::layerBackwardV3Erased, context, control, stream, workspace);
    grid("layerBackwardV3Erased", DeltaKernels.columnGrid(batch, time, 32, 1));
    graph.task("layerBackwardV3Erases", Small::layerBackwardV3Erases, context, control, stream, scratch, workspace);
    grid("layerBackwardV3Erases", DeltaKernels.tokenGrid(batch, time, 32));
    graph.task("layerBackwardV3Keys", Small::layerBackwardV3Keys, context, control, stream, workspace);
    grid("layerBackwardV3Keys", DeltaKernels.columnGrid(batch, time, 32, 1));
    graph.task("layerBackwardV3KeyPairs", Small::layerBackwardV3KeyPairs, context, control, stream, scratch, workspace);
    grid("layerBackwardV3KeyPairs", DeltaKernels.columnGrid(batch, time, 32, 1));
    graph.task("layerBackwardV3Values", Small::layerBackwardV3Values, context, control, stream, scratch, workspace);
    grid("layerBackwardV3Values", DeltaKernels.tokenGrid(batch, time, 32));
    graph.task("layerBackwardV3Decays", Small::layerBackwardV3Decays, context, control, scratch, workspace);
    grid("layerBackwardV3Decays", DeltaKernels.chunkGrid(batch, time, 32));
    graph.task("layerBackward1", Small::layerBackward1, context, control, streamGradient, scratch);
    grid("layerBackward1", parts());
    end(graph);
  }

  /**
   * v3 = deltaGradient(x, x, x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3Gates(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace, IntArray firstKeys) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    DeltaKernels.gates(context, stream, streamIn, stream, streamIn, firstKeys, workspace, 0, rows, time, 32, 1, 0.5f, 1);
  }

  /**
   * v3 = deltaGradient(x, x, x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3Scores(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    DeltaKernels.scores(context, stream, streamIn, stream, streamIn, workspace, 0, rows, time, 32, 1, 1, 0.5f);
  }

  /**
   * v3 = deltaGradient(x, x, x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3Solve(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    DeltaKernels.solve(context, stream, streamIn, stream, streamIn, stream, streamIn, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * v3 = deltaGradient(x, x, x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3Increments(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    DeltaKernels.increments(context, stream, streamIn, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * v3 = deltaGradient(x, x, x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3Moves(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    DeltaKernels.moves(context, stream, streamIn, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * v3 = deltaGradient(x, x, x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3Walk(KernelContext context, IntArray control,
      FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    DeltaKernels.walk(context, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * v3 = deltaGradient(x, x, x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3Writes(KernelContext context, IntArray control,
      FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    DeltaKernels.writes(context, workspace, 0, rows, time, 32, 1, 1);
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
    int v7From = 128 * capacity;
    int v8From = 160 * capacity;
    int dXFrom = gradientOut;
    for (int row = part; row < rows; row += parts) {
      int at = row * 32;
      for (int c = thread; c < 32; c += 64) {
        float v3 = scratch.get(v3From + at + c);
        float v4 = scratch.get(v4From + at + c);
        float v9 = v3 + v4;
        float v5 = scratch.get(v5From + at + c);
        float v10 = v9 + v5;
        float v6 = scratch.get(v6From + at + c);
        float v11 = v10 + v6;
        float v7 = scratch.get(v7From + at + c);
        float v12 = v11 + v7;
        float v8 = scratch.get(v8From + at + c);
        float dX = v12 + v8;
        streamGradient.set(dXFrom + at + c, dX);
      }
    }
  }
