  // in arrays:
            32, 64, List.of("window"), 128, 32,

  // in workspaceFloats:
    most = Math.max(most, GlaKernels.workspace(batch, time, 4, 8, 8));

  private void layerForward() {
    TaskGraph graph = begin("layerForward");
    graph.task("layerForwardRememberedDecays", Small::layerForwardRememberedDecays, context, control, stream, workspace, firstKeys);
    grid("layerForwardRememberedDecays", GlaKernels.channelGrid(batch, time, 4, 8));
    graph.task("layerForwardRememberedIncrements", Small::layerForwardRememberedIncrements, context, control, stream, workspace);
    grid("layerForwardRememberedIncrements", GlaKernels.stateGrid(batch, time, 4, 8, 8));
    graph.task("layerForwardRememberedScan", Small::layerForwardRememberedScan, context, control, workspace);
    grid("layerForwardRememberedScan", GlaKernels.scanGrid(batch, 4, 8, 8));
    graph.task("layerForwardRememberedScores", Small::layerForwardRememberedScores, context, control, stream, workspace);
    grid("layerForwardRememberedScores", GlaKernels.chunkGrid(batch, time, 4));
    graph.task("layerForwardRememberedOutputs", Small::layerForwardRememberedOutputs, context, control, stream, workspace);
    grid("layerForwardRememberedOutputs", GlaKernels.columnGrid(batch, time, 4, 8));
    end(graph);
  }

  /**
   * remembered = gla(x, x, x, x), from small.swax:1.
   */
  public static void layerForwardRememberedDecays(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace, IntArray firstKeys) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    GlaKernels.decays(context, stream, streamIn, firstKeys, workspace, 0, rows, time, 4, 8, 0.5f);
  }

  /**
   * remembered = gla(x, x, x, x), from small.swax:1.
   */
  public static void layerForwardRememberedIncrements(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    GlaKernels.increments(context, stream, streamIn, stream, streamIn, workspace, 0, rows, time, 4, 8, 8);
  }

  /**
   * remembered = gla(x, x, x, x), from small.swax:1.
   */
  public static void layerForwardRememberedScan(KernelContext context, IntArray control,
      FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    GlaKernels.scan(context, workspace, 0, rows, time, 4, 8, 8);
  }

  /**
   * remembered = gla(x, x, x, x), from small.swax:1.
   */
  public static void layerForwardRememberedScores(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    GlaKernels.scores(context, stream, streamIn, stream, streamIn, workspace, 0, rows, time, 4, 8, 8, 0.5f);
  }

  /**
   * remembered = gla(x, x, x, x), from small.swax:1.
   */
  public static void layerForwardRememberedOutputs(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    int streamOut = control.get(STREAM_OUT);
    GlaKernels.outputs(context, stream, streamIn, stream, streamIn, stream, streamOut, workspace, 0, rows, time, 4, 8, 8);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
  }
