  /**
   * v3 = deltaGradient(x, x, x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3OutputSlopes(KernelContext context, IntArray control,
      FloatArray streamGradient, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int gradientIn = control.get(GRADIENT_IN);
    DeltaSlopeKernels.outputSlopes(context, streamGradient, gradientIn, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * v3 = deltaGradient(x, x, x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3SlopeIncrements(KernelContext context, IntArray control,
      FloatArray stream, FloatArray streamGradient, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    int gradientIn = control.get(GRADIENT_IN);
    DeltaSlopeKernels.slopeIncrements(context, stream, streamIn, streamGradient, gradientIn, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * v3 = deltaGradient(x, x, x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3SlopeReads(KernelContext context, IntArray control,
      FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    DeltaSlopeKernels.slopeReads(context, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * v3 = deltaGradient(x, x, x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3SlopeWalk(KernelContext context, IntArray control,
      FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    DeltaSlopeKernels.slopeWalk(context, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * v3 = deltaGradient(x, x, x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3WriteSlopes(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    DeltaSlopeKernels.writeSlopes(context, stream, streamIn, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * v3 = deltaGradient(x, x, x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3SolveSlopes(KernelContext context, IntArray control,
      FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    DeltaSlopeKernels.solveSlopes(context, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * v3 = deltaGradient(x, x, x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3ScoreSlopes(KernelContext context, IntArray control,
      FloatArray streamGradient, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int gradientIn = control.get(GRADIENT_IN);
    DeltaSlopeKernels.scoreSlopes(context, streamGradient, gradientIn, workspace, 0, rows, time, 32, 1, 1, 0.5f);
  }

  /**
   * v3 = deltaGradient(x, x, x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3Queries(KernelContext context, IntArray control,
      FloatArray stream, FloatArray streamGradient, FloatArray scratch, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    int gradientIn = control.get(GRADIENT_IN);
    DeltaGradientKernels.queries(context, stream, streamIn, stream, streamIn, streamGradient, gradientIn, scratch, 0, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * v3 = deltaGradient(x, x, x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3Erased(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    DeltaGradientKernels.erased(context, stream, streamIn, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * v3 = deltaGradient(x, x, x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3Erases(KernelContext context, IntArray control,
      FloatArray stream, FloatArray scratch, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int capacity = control.get(CAPACITY);
    int streamIn = control.get(STREAM_IN);
    DeltaGradientKernels.erases(context, stream, streamIn, scratch, 96 * capacity, workspace, 0, rows, time, 32, 1, 1, 1);
  }

  /**
   * v3 = deltaGradient(x, x, x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3Keys(KernelContext context, IntArray control, FloatArray stream,
      FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    DeltaGradientKernels.keys(context, stream, streamIn, stream, streamIn, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * v3 = deltaGradient(x, x, x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3KeyPairs(KernelContext context, IntArray control,
      FloatArray stream, FloatArray scratch, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int capacity = control.get(CAPACITY);
    int streamIn = control.get(STREAM_IN);
    DeltaGradientKernels.keyPairs(context, stream, streamIn, scratch, 32 * capacity, workspace, 0, rows, time, 32, 1, 1);
  }

  /**
   * v3 = deltaGradient(x, x, x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3Values(KernelContext context, IntArray control,
      FloatArray stream, FloatArray scratch, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int capacity = control.get(CAPACITY);
    int streamIn = control.get(STREAM_IN);
    DeltaGradientKernels.values(context, stream, streamIn, stream, streamIn, scratch, 64 * capacity, scratch, 128 * capacity, workspace, 0, rows, time, 32, 1, 1, 1, 1);
  }

  /**
   * v3 = deltaGradient(x, x, x, x, x, x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardV3Decays(KernelContext context, IntArray control,
      FloatArray scratch, FloatArray workspace) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int capacity = control.get(CAPACITY);
    DeltaGradientKernels.decays(context, scratch, 160 * capacity, workspace, 0, rows, time, 32, 1, 1);
  }
