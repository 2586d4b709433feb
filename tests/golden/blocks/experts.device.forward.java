  // in arrays:
            32, 64, List.of("window"), 192, 32,
                new DeviceBlock("layerForward", "layerBackward", 4224, 0, 4),

  private void layerForward() {
    TaskGraph graph = begin("layerForward");
    graph.task("layerForward1", Small::layerForward1, context, control, stream, scratch);
    grid("layerForward1", parts());
    graph.task("layerForwardChosen", Small::layerForwardChosen, context, control, scratch);
    grid("layerForwardChosen", GroupKernels.grid(capacity, 1));
    graph.task("layerForwardChosenSort", Small::layerForwardChosenSort, context, control, kept, scratch);
    grid("layerForwardChosenSort", GroupKernels.grid(1, 4));
    graph.task("layerForwardRows", Small::layerForwardRows, context, control, stream, kept, scratch);
    grid("layerForwardRows", GroupKernels.grid(capacity, 64));
    graph.task("layerForwardBias", Small::layerForwardBias, context, control, weights, kept, scratch);
    grid("layerForwardBias", GroupKernels.grid(capacity, 64));
    graph.task("layerForwardMade", Small::layerForwardMade, context, control, weights, kept, scratch);
    grid("layerForwardMade", GroupKernels.grid(capacity, 64));
    graph.task("layerForward2", Small::layerForward2, context, control, scratch);
    grid("layerForward2", parts());
    graph.task("layerForwardCombined", Small::layerForwardCombined, context, control, stream, kept, scratch);
    grid("layerForwardCombined", GroupKernels.grid(capacity, 32));
    end(graph);
  }

  /**
   * scores, from small.swax:1.
   */
  public static void layerForward1(KernelContext context, IntArray control, FloatArray stream,
      FloatArray scratch) {
    int rows = control.get(ROWS);
    int parts = control.get(PARTS);
    int streamIn = control.get(STREAM_IN);
    int thread = context.localIdx;
    int part = context.groupIdx;
    float[] shares = context.allocateFloatLocalArray(64);
    int xFrom = streamIn;
    int scoresFrom = 0;
    for (int row = part; row < rows; row += parts) {
      for (int group = 0; group < 4; group++) {
        int first = group * 8;
        int at = row * 32 + first;
        float scoresShare = 0f;
        for (int c = thread; c < 8; c += 64) {
          float x = stream.get(xFrom + at + c);
          scoresShare = scoresShare + x;
        }
        shares[thread] = scoresShare;
        for (int stride = 32; stride > 0; stride = stride / 2) {
          context.localBarrier();
          if (thread < stride) {
            shares[thread] = shares[thread] + shares[thread + stride];
          }
        }
        context.localBarrier();
        float scores = shares[0];
        context.localBarrier();
        if (thread == 0) {
          scratch.set(scoresFrom + row * 4 + group, scores);
        }
      }
    }
  }

  /**
   * chosen = choose(scores), from small.swax:1.
   */
  public static void layerForwardChosen(KernelContext context, IntArray control,
      FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    ChoiceKernels.choose(context, scratch, 0, scratch, 0, scratch, 4 * capacity, rows, 4, 2, 1, 1);
  }

  /**
   * chosen = choose(scores), from small.swax:1.
   */
  public static void layerForwardChosenSort(KernelContext context, IntArray control,
      FloatArray kept, FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    ChoiceKernels.sort(context, scratch, 4 * capacity, kept, keptFrom, kept, keptFrom + 2 * capacity, rows * 2, 4);
  }

  /**
   * rows = dispatch(x, v3), from small.swax:1.
   */
  public static void layerForwardRows(KernelContext context, IntArray control, FloatArray stream,
      FloatArray kept, FloatArray scratch) {
    int rows = control.get(ROWS);
    int keptFrom = control.get(KEPT_FROM);
    int streamIn = control.get(STREAM_IN);
    ExpertKernels.dispatch(context, stream, streamIn, kept, keptFrom, kept, keptFrom, scratch, 0, 0, rows, 2, 32);
  }

  /**
   * bias = rows(b, v4), from small.swax:1.
   */
  public static void layerForwardBias(KernelContext context, IntArray control, FloatArray weights,
      FloatArray kept, FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int matrices = control.get(MATRICES);
    int keptFrom = control.get(KEPT_FROM);
    ExpertKernels.rows(context, weights, matrices + 4096, kept, keptFrom + 2 * capacity, scratch, 64 * capacity, rows * 2, 32);
  }

  /**
   * made = matMul(rows, w, v4), from small.swax:1.
   */
  public static void layerForwardMade(KernelContext context, IntArray control, FloatArray weights,
      FloatArray kept, FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int matrices = control.get(MATRICES);
    int keptFrom = control.get(KEPT_FROM);
    ExpertKernels.plain(context, scratch, 0, weights, matrices, kept, keptFrom + 2 * capacity, scratch, 128 * capacity, rows * 2, 4, 32, 32);
  }

  /**
   * v10, from small.swax:1.
   */
  public static void layerForward2(KernelContext context, IntArray control, FloatArray scratch) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int parts = control.get(PARTS);
    int thread = context.localIdx;
    int part = context.groupIdx;
    int madeFrom = 128 * capacity;
    int biasFrom = 64 * capacity;
    int v10From = 0;
    for (int row = part; row < rows; row += parts) {
      int at = row * 64;
      for (int c = thread; c < 64; c += 64) {
        float made = scratch.get(madeFrom + at + c);
        float bias = scratch.get(biasFrom + at + c);
        float v10 = made + bias;
        scratch.set(v10From + at + c, v10);
      }
    }
  }

  /**
   * combined = combine(v10, v3), from small.swax:1.
   */
  public static void layerForwardCombined(KernelContext context, IntArray control,
      FloatArray stream, FloatArray kept, FloatArray scratch) {
    int rows = control.get(ROWS);
    int keptFrom = control.get(KEPT_FROM);
    int streamOut = control.get(STREAM_OUT);
    ExpertKernels.combine(context, scratch, 0, kept, keptFrom, kept, keptFrom, stream, streamOut, 0, rows, 2, 32);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "w", 128, 32, new Initializer.Constant(1.0), true, 4));
    specs.add(new ParameterSpec(layer + "b", 4, 32, new Initializer.Constant(1.0), true));
  }
