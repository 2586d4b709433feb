  // in arrays:
                new DeviceBlock("layerForward", "layerBackward", 0, 0, 1),

  private void layerForward() {
    TaskGraph graph = begin("layerForward");
    graph.task("layerForward1", Small::layerForward1, context, control, stream, kept);
    grid("layerForward1", parts());
    end(graph);
  }

  /**
   * v3, y, from small.swax:1.
   */
  public static void layerForward1(KernelContext context, IntArray control, FloatArray stream,
      FloatArray kept) {
    int rows = control.get(ROWS);
    int parts = control.get(PARTS);
    int keptFrom = control.get(KEPT_FROM);
    int streamIn = control.get(STREAM_IN);
    int streamOut = control.get(STREAM_OUT);
    int thread = context.localIdx;
    int part = context.groupIdx;
    float[] shares = context.allocateFloatLocalArray(64);
    int xFrom = streamIn;
    int v3From = keptFrom;
    int v5From = streamOut;
    for (int row = part; row < rows; row += parts) {
      int at = row * 32;
      float v2Share = 0f;
      for (int c = thread; c < 32; c += 64) {
        float x = stream.get(xFrom + at + c);
        float v1 = x * x;
        v2Share = v2Share + v1;
      }
      shares[thread] = v2Share;
      for (int stride = 32; stride > 0; stride = stride / 2) {
        context.localBarrier();
        if (thread < stride) {
          shares[thread] = shares[thread] + shares[thread + stride];
        }
      }
      context.localBarrier();
      float v2 = shares[0];
      context.localBarrier();
      float v3 = 1f / TornadoMath.sqrt(v2);
      if (thread == 0) {
        kept.set(v3From + row, v3);
      }
      for (int c = thread; c < 32; c += 64) {
        float x = stream.get(xFrom + at + c);
        float v5 = x * v3;
        stream.set(v5From + at + c, v5);
      }
    }
  }

  private void layerBackward() {
    TaskGraph graph = begin("layerBackward");
    graph.task("layerBackward1", Small::layerBackward1, context, control, stream, streamGradient, kept);
    grid("layerBackward1", parts());
    end(graph);
  }

  /**
   * d_x, from small.swax:1.
   */
  public static void layerBackward1(KernelContext context, IntArray control, FloatArray stream,
      FloatArray streamGradient, FloatArray kept) {
    int rows = control.get(ROWS);
    int parts = control.get(PARTS);
    int keptFrom = control.get(KEPT_FROM);
    int streamIn = control.get(STREAM_IN);
    int gradientIn = control.get(GRADIENT_IN);
    int gradientOut = control.get(GRADIENT_OUT);
    int thread = context.localIdx;
    int part = context.groupIdx;
    float[] shares = context.allocateFloatLocalArray(64);
    int dyFrom = gradientIn;
    int v3From = keptFrom;
    int xFrom = streamIn;
    int dXFrom = gradientOut;
    for (int row = part; row < rows; row += parts) {
      int at = row * 32;
      float v3 = kept.get(v3From + row);
      float v9 = v3 * v3;
      float v10 = v3 * v9;
      float v6Share = 0f;
      for (int c = thread; c < 32; c += 64) {
        float dy = streamGradient.get(dyFrom + at + c);
        float x = stream.get(xFrom + at + c);
        float v5 = dy * x;
        v6Share = v6Share + v5;
      }
      shares[thread] = v6Share;
      for (int stride = 32; stride > 0; stride = stride / 2) {
        context.localBarrier();
        if (thread < stride) {
          shares[thread] = shares[thread] + shares[thread + stride];
        }
      }
      context.localBarrier();
      float v6 = shares[0];
      context.localBarrier();
      float v8 = v6 * (-0.5f);
      float v11 = v8 * v10;
      for (int c = thread; c < 32; c += 64) {
        float dy = streamGradient.get(dyFrom + at + c);
        float v4 = dy * v3;
        float x = stream.get(xFrom + at + c);
        float v14 = 2.0f * x;
        float v15 = v11 * v14;
        float dX = v4 + v15;
        streamGradient.set(dXFrom + at + c, dX);
      }
    }
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
  }
