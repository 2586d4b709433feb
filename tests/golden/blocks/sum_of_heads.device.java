  // in arrays:
                new DeviceBlock("layerForward", "layerBackward", 0, 0, 4),

  private void layerForward() {
    TaskGraph graph = begin("layerForward");
    graph.task("layerForward1", Small::layerForward1, context, control, stream, kept);
    grid("layerForward1", parts());
    end(graph);
  }

  /**
   * v1, y, from small.swax:1.
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
    int v1From = keptFrom;
    int v3From = streamOut;
    for (int row = part; row < rows; row += parts) {
      for (int group = 0; group < 4; group++) {
        int first = group * 8;
        int at = row * 32 + first;
        float v1Share = 0f;
        for (int c = thread; c < 8; c += 64) {
          float x = stream.get(xFrom + at + c);
          v1Share = v1Share + x;
        }
        shares[thread] = v1Share;
        for (int stride = 32; stride > 0; stride = stride / 2) {
          context.localBarrier();
          if (thread < stride) {
            shares[thread] = shares[thread] + shares[thread + stride];
          }
        }
        context.localBarrier();
        float v1 = shares[0];
        context.localBarrier();
        if (thread == 0) {
          kept.set(v1From + row * 4 + group, v1);
        }
        for (int c = thread; c < 8; c += 64) {
          float x = stream.get(xFrom + at + c);
          float v3 = x * v1;
          stream.set(v3From + at + c, v3);
        }
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
    int v1From = keptFrom;
    int xFrom = streamIn;
    int dXFrom = gradientOut;
    for (int row = part; row < rows; row += parts) {
      for (int group = 0; group < 4; group++) {
        int first = group * 8;
        int at = row * 32 + first;
        float v1 = kept.get(v1From + row * 4 + group);
        float v6Share = 0f;
        for (int c = thread; c < 8; c += 64) {
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
        for (int c = thread; c < 8; c += 64) {
          float dy = streamGradient.get(dyFrom + at + c);
          float v4 = dy * v1;
          float dX = v4 + v6;
          streamGradient.set(dXFrom + at + c, dX);
        }
      }
    }
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
  }
