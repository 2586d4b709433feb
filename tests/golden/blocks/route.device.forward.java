  // in arrays:
            32, 64, List.of("window"), 98, 32,
                new DeviceBlock("layerForward", "layerBackward", 128, 0, 16),

  // in workspaceFloats:
    most = Math.max(most, (long) 4);
    most = Math.max(most, (long) MatmulKernels.parts(32, capacity, 4) * 128);

  private void layerForward() {
    TaskGraph graph = begin("layerForward");
    graph.task("layerForwardScores", Small::layerForwardScores, context, control, weights, stream, kept);
    grid("layerForwardScores", MatmulKernels.grid(capacity, 4));
    graph.task("layerForwardChosen", Small::layerForwardChosen, context, control, kept);
    grid("layerForwardChosen", GroupKernels.grid(capacity, 1));
    graph.task("layerForwardChosenSort", Small::layerForwardChosenSort, context, control, kept);
    grid("layerForwardChosenSort", GroupKernels.grid(1, 4));
    graph.task("layerForwardBalanced", Small::layerForwardBalanced, context, control, kept, scratch);
    grid("layerForwardBalanced", GroupKernels.grid(capacity, 4));
    graph.task("layerForwardShares", Small::layerForwardShares, context, control, kept, scratch);
    grid("layerForwardShares", GroupKernels.grid(capacity, 1));
    graph.task("layerForwardWeights", Small::layerForwardWeights, context, control, kept);
    grid("layerForwardWeights", GroupKernels.grid(capacity, 2));
    graph.task("layerForwardRows", Small::layerForwardRows, context, control, stream, kept, scratch);
    grid("layerForwardRows", GroupKernels.grid(capacity, 64));
    graph.task("layerForwardCombined", Small::layerForwardCombined, context, control, stream, kept, scratch);
    grid("layerForwardCombined", GroupKernels.grid(capacity, 32));
    end(graph);
  }

  /**
   * scores = matMul(x, router), from small.swax:1.
   */
  public static void layerForwardScores(KernelContext context, IntArray control, FloatArray weights,
      FloatArray stream, FloatArray kept) {
    int rows = control.get(ROWS);
    int matrices = control.get(MATRICES);
    int keptFrom = control.get(KEPT_FROM);
    int streamIn = control.get(STREAM_IN);
    MatmulKernels.plain(context, stream, streamIn, weights, matrices, kept, keptFrom, rows, 32, 4, 0);
  }

  /**
   * chosen = choose(scores), from small.swax:1.
   */
  public static void layerForwardChosen(KernelContext context, IntArray control, FloatArray kept) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    ChoiceKernels.choose(context, kept, keptFrom, kept, keptFrom, kept, keptFrom + 4 * capacity, rows, 4, 2, 1, 1);
  }

  /**
   * chosen = choose(scores), from small.swax:1.
   */
  public static void layerForwardChosenSort(KernelContext context, IntArray control,
      FloatArray kept) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    ChoiceKernels.sort(context, kept, keptFrom + 4 * capacity, kept, keptFrom + 14 * capacity, kept, keptFrom + 6 * capacity, rows * 2, 4);
  }

  /**
   * balanced = balance(scores, v4), from small.swax:1.
   */
  public static void layerForwardBalanced(KernelContext context, IntArray control, FloatArray kept,
      FloatArray scratch) {
    int rows = control.get(ROWS);
    int keptFrom = control.get(KEPT_FROM);
    GroupKernels.repeat(context, kept, keptFrom, scratch, 0, rows, 1, 1, 4);
  }

  /**
   * shares = softmax(balanced), from small.swax:1.
   */
  public static void layerForwardShares(KernelContext context, IntArray control, FloatArray kept,
      FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    GroupKernels.softmax(context, scratch, 0, kept, keptFrom + 8 * capacity, rows, 1, 4);
  }

  /**
   * weights = pick(shares, chosen), from small.swax:1.
   */
  public static void layerForwardWeights(KernelContext context, IntArray control, FloatArray kept) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    ChoiceKernels.pick(context, kept, keptFrom + 8 * capacity, kept, keptFrom + 4 * capacity, kept, keptFrom + 12 * capacity, rows, 4, 2);
  }

  /**
   * rows = dispatch(x, v8, weights), from small.swax:1.
   */
  public static void layerForwardRows(KernelContext context, IntArray control, FloatArray stream,
      FloatArray kept, FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    int streamIn = control.get(STREAM_IN);
    ExpertKernels.dispatch(context, stream, streamIn, kept, keptFrom + 14 * capacity, kept, keptFrom + 12 * capacity, scratch, 0, 1, rows, 2, 32);
  }

  /**
   * combined = combine(rows, v8), from small.swax:1.
   */
  public static void layerForwardCombined(KernelContext context, IntArray control,
      FloatArray stream, FloatArray kept, FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    int streamOut = control.get(STREAM_OUT);
    ExpertKernels.combine(context, scratch, 0, kept, keptFrom + 14 * capacity, kept, keptFrom + 14 * capacity, stream, streamOut, 0, rows, 2, 32);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "router", 32, 4, new Initializer.Constant(1.0), true, 1));
  }
