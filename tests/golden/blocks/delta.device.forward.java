  // in arrays:
            32, 64, List.of("window"), 192, 32,

  // in workspaceFloats:
    most = Math.max(most, DeltaKernels.workspace(batch, time, 32, 1, 1));

  private void layerForward() {
    TaskGraph graph = begin("layerForward");
    graph.task("layerForwardRememberedGates", Small::layerForwardRememberedGates, context, control, stream, workspace, firstKeys);
    grid("layerForwardRememberedGates", DeltaKernels.gateGrid(batch, time, 32));
    graph.task("layerForwardRememberedScores", Small::layerForwardRememberedScores, context, control, stream, workspace);
    grid("layerForwardRememberedScores", DeltaKernels.chunkGrid(batch, time, 32));
    graph.task("layerForwardRememberedSolve", Small::layerForwardRememberedSolve, context, control, stream, workspace);
    grid("layerForwardRememberedSolve", DeltaKernels.solveGrid(batch, time, 32, 2));
    graph.task("layerForwardRememberedIncrements", Small::layerForwardRememberedIncrements, context, control, stream, workspace);
    grid("layerForwardRememberedIncrements", DeltaKernels.stateGrid(batch, time, 32, 1, 1));
    graph.task("layerForwardRememberedMoves", Small::layerForwardRememberedMoves, context, control, stream, workspace);
    grid("layerForwardRememberedMoves", DeltaKernels.stateGrid(batch, time, 32, 1, 1));
    graph.task("layerForwardRememberedWalk", Small::layerForwardRememberedWalk, context, control, workspace);
    grid("layerForwardRememberedWalk", DeltaKernels.walkGrid(batch, 32, 1));
    graph.task("layerForwardRememberedWrites", Small::layerForwardRememberedWrites, context, control, workspace);
    grid("layerForwardRememberedWrites", DeltaKernels.columnGrid(batch, time, 32, 1));
    graph.task("layerForwardRememberedOutputs", Small::layerForwardRememberedOutputs, context, control, stream, workspace);
    grid("layerForwardRememberedOutputs", DeltaKernels.columnGrid(batch, time, 32, 1));
    end(graph);
  }

  /**
   * remembered = delta(x, x, x, x, x, x), from small.swax:1.
   */
  public static void layerForwardRememberedGates(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace, IntArray firstKeys) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    DeltaKernels.gates(context, stream, streamIn, stream, streamIn, firstKeys, workspace, 0, rows, time, 32, 1, 0.5f, 1);
  }

  /**
   * remembered = delta(x, x, x, x, x, x), from small.swax:1.
   */
  public static void layerForwardRememberedScores(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    DeltaKernels.scores(context, stream, streamIn, stream, streamIn, workspace, 0, rows, time, 32, 1, 1, 0.5f);
  }

  /**
   * remembered = delta(x, x, x, x, x, x), from small.swax:1.
   */
  public static void layerForwardRememberedSolve(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    DeltaKernels.solve(context, stream, streamIn, stream, streamIn, stream, streamIn, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * remembered = delta(x, x, x, x, x, x), from small.swax:1.
   */
  public static void layerForwardRememberedIncrements(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    DeltaKernels.increments(context, stream, streamIn, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * remembered = delta(x, x, x, x, x, x), from small.swax:1.
   */
  public static void layerForwardRememberedMoves(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    DeltaKernels.moves(context, stream, streamIn, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * remembered = delta(x, x, x, x, x, x), from small.swax:1.
   */
  public static void layerForwardRememberedWalk(KernelContext context, IntArray control,
      FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    DeltaKernels.walk(context, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * remembered = delta(x, x, x, x, x, x), from small.swax:1.
   */
  public static void layerForwardRememberedWrites(KernelContext context, IntArray control,
      FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    DeltaKernels.writes(context, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * remembered = delta(x, x, x, x, x, x), from small.swax:1.
   */
  public static void layerForwardRememberedOutputs(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    int streamOut = control.get(STREAM_OUT);
    DeltaKernels.outputs(context, stream, streamIn, stream, streamOut, workspace, 0, rows, time, 32, 1, 1);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
  }
