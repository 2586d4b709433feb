  private void layerForward() {
    TaskGraph graph = begin("layerForward");
    graph.task("layerForward1", Small::layerForward1, context, control, stream);
    grid("layerForward1", parts());
    end(graph);
  }

  /**
   * y, from small.swax:1.
   */
  public static void layerForward1(KernelContext context, IntArray control, FloatArray stream) {
    int rows = control.get(ROWS);
    int parts = control.get(PARTS);
    int streamIn = control.get(STREAM_IN);
    int streamOut = control.get(STREAM_OUT);
    int thread = context.localIdx;
    int part = context.groupIdx;
    int xFrom = streamIn;
    int v2From = streamOut;
    for (int row = part; row < rows; row += parts) {
      int at = row * 32;
      for (int c = thread; c < 32; c += 64) {
        float x = stream.get(xFrom + at + c);
        float v1 = x < 0f ? 0f : x;
        float v2 = x * v1;
        stream.set(v2From + at + c, v2);
      }
    }
  }

  private void layerBackward() {
    TaskGraph graph = begin("layerBackward");
    graph.task("layerBackward1", Small::layerBackward1, context, control, stream, streamGradient);
    grid("layerBackward1", parts());
    end(graph);
  }

  /**
   * d_x, from small.swax:1.
   */
  public static void layerBackward1(KernelContext context, IntArray control, FloatArray stream,
      FloatArray streamGradient) {
    int rows = control.get(ROWS);
    int parts = control.get(PARTS);
    int streamIn = control.get(STREAM_IN);
    int gradientIn = control.get(GRADIENT_IN);
    int gradientOut = control.get(GRADIENT_OUT);
    int thread = context.localIdx;
    int part = context.groupIdx;
    int xFrom = streamIn;
    int dyFrom = gradientIn;
    int dXFrom = gradientOut;
    for (int row = part; row < rows; row += parts) {
      int at = row * 32;
      for (int c = thread; c < 32; c += 64) {
        float dy = streamGradient.get(dyFrom + at + c);
        float x = stream.get(xFrom + at + c);
        float v1 = x < 0f ? 0f : x;
        float v3 = dy * v1;
        float v4 = dy * x;
        float v6 = x > 0.0f ? 1f : 0f;
        float v7 = v4 * v6;
        float dX = v3 + v7;
        streamGradient.set(dXFrom + at + c, dX);
      }
    }
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
  }
