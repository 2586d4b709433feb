  private void layerBackward() {
    TaskGraph graph = begin("layerBackward");
    graph.task("layerBackwardDRows", Small::layerBackwardDRows, context, control, streamGradient, kept, scratch);
    grid("layerBackwardDRows", GroupKernels.grid(capacity, 64));
    graph.task("layerBackwardV10", Small::layerBackwardV10, context, control, kept, scratch);
    grid("layerBackwardV10", GroupKernels.grid(capacity, 32));
    graph.task("layerBackwardDWeights", Small::layerBackwardDWeights, context, control, stream, kept, scratch);
    grid("layerBackwardDWeights", GroupKernels.grid(capacity, 2));
    graph.task("layerBackwardDShares", Small::layerBackwardDShares, context, control, kept, scratch);
    grid("layerBackwardDShares", GroupKernels.grid(capacity, 4));
    graph.task("layerBackward1", Small::layerBackward1, context, control, kept, scratch);
    grid("layerBackward1", parts());
    graph.task("layerBackwardDScoresSlopes", Small::layerBackwardDScoresSlopes, context, control, settings, kept, workspace);
    grid("layerBackwardDScoresSlopes", GroupKernels.grid(1, 4));
    graph.task("layerBackwardDScores", Small::layerBackwardDScores, context, control, kept, scratch, workspace);
    grid("layerBackwardDScores", GroupKernels.grid(capacity, 1));
    graph.task("layerBackwardV19", Small::layerBackwardV19, context, control, weights, scratch);
    grid("layerBackwardV19", MatmulKernels.grid(capacity, 32));
    graph.task("layerBackwardV20Parts", Small::layerBackwardV20Parts, context, control, stream, scratch, workspace);
    grid("layerBackwardV20Parts", MatmulKernels.grid(32, 4, MatmulKernels.parts(32, capacity, 4)));
    graph.task("layerBackwardV20", Small::layerBackwardV20, context, control, gradients, workspace);
    grid("layerBackwardV20", RowKernels.grid(128));
    graph.task("layerBackward2", Small::layerBackward2, context, control, streamGradient, scratch);
    grid("layerBackward2", parts());
    end(graph);
  }

  /**
   * d_rows = dispatch(dy, v8), from small.swax:1.
   */
  public static void layerBackwardDRows(KernelContext context, IntArray control,
      FloatArray streamGradient, FloatArray kept, FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    int gradientIn = control.get(GRADIENT_IN);
    ExpertKernels.dispatch(context, streamGradient, gradientIn, kept, keptFrom + 14 * capacity, kept, keptFrom + 14 * capacity, scratch, 0, 0, rows, 2, 32);
  }

  /**
   * v10 = combine(d_rows, v8, weights), from small.swax:1.
   */
  public static void layerBackwardV10(KernelContext context, IntArray control, FloatArray kept,
      FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    ExpertKernels.combine(context, scratch, 0, kept, keptFrom + 14 * capacity, kept, keptFrom + 12 * capacity, scratch, 64 * capacity, 1, rows, 2, 32);
  }

  /**
   * d_weights = slotDots(x, d_rows, v8), from small.swax:1.
   */
  public static void layerBackwardDWeights(KernelContext context, IntArray control,
      FloatArray stream, FloatArray kept, FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    int streamIn = control.get(STREAM_IN);
    ExpertKernels.slotDots(context, stream, streamIn, scratch, 0, kept, keptFrom + 14 * capacity, scratch, 96 * capacity, rows, 2, 32);
  }

  /**
   * d_shares = pickGradient(d_weights, chosen), from small.swax:1.
   */
  public static void layerBackwardDShares(KernelContext context, IntArray control, FloatArray kept,
      FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    ChoiceKernels.pickGradient(context, scratch, 96 * capacity, kept, keptFrom + 4 * capacity, scratch, 0, rows, 4, 2);
  }

  /**
   * d_balanced, from small.swax:1.
   */
  public static void layerBackward1(KernelContext context, IntArray control, FloatArray kept,
      FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int parts = control.get(PARTS);
    int keptFrom = control.get(KEPT_FROM);
    int thread = context.localIdx;
    int part = context.groupIdx;
    float[] shares = context.allocateFloatLocalArray(64);
    int sharesFrom = keptFrom + 8 * capacity;
    int dSharesFrom = 0;
    int dBalancedFrom = 4 * capacity;
    for (int row = part; row < rows; row += parts) {
      int at = row * 4;
      float v14Share = 0f;
      for (int c = thread; c < 4; c += 64) {
        float shares_ = kept.get(sharesFrom + at + c);
        float dShares = scratch.get(dSharesFrom + at + c);
        float v13 = shares_ * dShares;
        v14Share = v14Share + v13;
      }
      shares[thread] = v14Share;
      for (int stride = 32; stride > 0; stride = stride / 2) {
        context.localBarrier();
        if (thread < stride) {
          shares[thread] = shares[thread] + shares[thread + stride];
        }
      }
      context.localBarrier();
      float v14 = shares[0];
      context.localBarrier();
      for (int c = thread; c < 4; c += 64) {
        float shares_ = kept.get(sharesFrom + at + c);
        float dShares = scratch.get(dSharesFrom + at + c);
        float v16 = dShares - v14;
        float dBalanced = shares_ * v16;
        scratch.set(dBalancedFrom + at + c, dBalanced);
      }
    }
  }

  /**
   * d_scores = balanceGradient(d_balanced, scores, v4), from small.swax:1.
   */
  public static void layerBackwardDScoresSlopes(KernelContext context, IntArray control,
      FloatArray settings, FloatArray kept, FloatArray workspace) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    ChoiceKernels.slopes(context, kept, keptFrom + 6 * capacity, workspace, 0, settings, PREDICTED, 0.01f, rows, 4, 2);
  }

  /**
   * d_scores = balanceGradient(d_balanced, scores, v4), from small.swax:1.
   */
  public static void layerBackwardDScores(KernelContext context, IntArray control, FloatArray kept,
      FloatArray scratch, FloatArray workspace) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    ChoiceKernels.balanceGradient(context, scratch, 4 * capacity, kept, keptFrom, workspace, 0, scratch, 0, rows, 4);
  }

  /**
   * v19 = matMul(d_scores, router), from small.swax:1.
   */
  public static void layerBackwardV19(KernelContext context, IntArray control, FloatArray weights,
      FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int matrices = control.get(MATRICES);
    MatmulKernels.transposedRight(context, scratch, 0, weights, matrices, scratch, 4 * capacity, rows, 4, 32, 0);
  }

  /**
   * gradient of router = matMul(x, d_scores), from small.swax:1.
   */
  public static void layerBackwardV20Parts(KernelContext context, IntArray control,
      FloatArray stream, FloatArray scratch, FloatArray workspace) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int streamIn = control.get(STREAM_IN);
    MatmulKernels.transposedLeftParts(context, stream, streamIn, scratch, 0, workspace, 0, 32, rows, 4, MatmulKernels.parts(32, capacity, 4));
  }

  /**
   * gradient of router = matMul(x, d_scores), from small.swax:1.
   */
  public static void layerBackwardV20(KernelContext context, IntArray control, FloatArray gradients,
      FloatArray workspace) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int matrices = control.get(MATRICES);
    RowKernels.addParts(context, workspace, 0, rows == 0 ? 0 : MatmulKernels.parts(32, capacity, 4), 128, gradients, matrices, 1);
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
    int v10From = 64 * capacity;
    int v19From = 4 * capacity;
    int dXFrom = gradientOut;
    for (int row = part; row < rows; row += parts) {
      int at = row * 32;
      for (int c = thread; c < 32; c += 64) {
        float v10 = scratch.get(v10From + at + c);
        float v19 = scratch.get(v19From + at + c);
        float dX = v10 + v19;
        streamGradient.set(dXFrom + at + c, dX);
      }
    }
  }
