  // in arrays:
            32, 64, List.of("window"), 160, 32,
                new DeviceBlock("layerForward", "layerBackward", 0, 0, 64),

  // in workspaceFloats:
    most = Math.max(most, MemoryKernels.workspace(batch, time, 32, 1, 1));

  private void layerForward() {
    TaskGraph graph = begin("layerForward");
    graph.task("layerForwardRememberedGates", Small::layerForwardRememberedGates, context, control, stream, kept, workspace, firstKeys);
    grid("layerForwardRememberedGates", MemoryKernels.headGrid(batch, 32));
    graph.task("layerForwardRememberedIncrements", Small::layerForwardRememberedIncrements, context, control, stream, workspace);
    grid("layerForwardRememberedIncrements", MemoryKernels.stateGrid(batch, time, 32, 1, 1));
    graph.task("layerForwardRememberedScan", Small::layerForwardRememberedScan, context, control, workspace);
    grid("layerForwardRememberedScan", MemoryKernels.scanGrid(batch, 32, 1, 1));
    graph.task("layerForwardRememberedScores", Small::layerForwardRememberedScores, context, control, stream, kept, workspace);
    grid("layerForwardRememberedScores", MemoryKernels.chunkGrid(batch, time, 32));
    graph.task("layerForwardRememberedOutputs", Small::layerForwardRememberedOutputs, context, control, stream, workspace);
    grid("layerForwardRememberedOutputs", MemoryKernels.columnGrid(batch, time, 32, 1));
    end(graph);
  }

  /**
   * remembered = memory(x, x, x, x, x), from small.swax:1.
   */
  public static void layerForwardRememberedGates(KernelContext context, IntArray control,
      FloatArray stream, FloatArray kept, FloatArray workspace, IntArray firstKeys) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    int streamIn = control.get(STREAM_IN);
    MemoryKernels.gates(context, stream, streamIn, stream, streamIn, kept, keptFrom + 32 * capacity, firstKeys, workspace, 0, rows, time, 32, 1, 1, 1);
  }

  /**
   * remembered = memory(x, x, x, x, x), from small.swax:1.
   */
  public static void layerForwardRememberedIncrements(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    MemoryKernels.increments(context, stream, streamIn, stream, streamIn, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * remembered = memory(x, x, x, x, x), from small.swax:1.
   */
  public static void layerForwardRememberedScan(KernelContext context, IntArray control,
      FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    MemoryKernels.scan(context, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * remembered = memory(x, x, x, x, x), from small.swax:1.
   */
  public static void layerForwardRememberedScores(KernelContext context, IntArray control,
      FloatArray stream, FloatArray kept, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    int streamIn = control.get(STREAM_IN);
    MemoryKernels.scores(context, stream, streamIn, stream, streamIn, kept, keptFrom, kept, keptFrom + 32 * capacity, workspace, 0, rows, time, 32, 1, 1, 0.5f, MemoryKernels.MAX_ABS_ONE);
  }

  /**
   * remembered = memory(x, x, x, x, x), from small.swax:1.
   */
  public static void layerForwardRememberedOutputs(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    int streamOut = control.get(STREAM_OUT);
    MemoryKernels.outputs(context, stream, streamIn, stream, streamIn, stream, streamOut, workspace, 0, rows, time, 32, 1, 1);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
  }
