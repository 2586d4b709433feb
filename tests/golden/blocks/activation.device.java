  // in arrays:
                new DeviceBlock("layerForward", "layerBackward", 0, 32, 0),

  private void layerForward() {
    TaskGraph graph = begin("layerForward");
    graph.task("layerForward1", Small::layerForward1, context, control, weights, stream);
    grid("layerForward1", parts());
    end(graph);
  }

  /**
   * y, from small.swax:1.
   */
  public static void layerForward1(KernelContext context, IntArray control, FloatArray weights,
      FloatArray stream) {
    int rows = control.get(ROWS);
    int parts = control.get(PARTS);
    int vectors = control.get(VECTORS);
    int streamIn = control.get(STREAM_IN);
    int streamOut = control.get(STREAM_OUT);
    int thread = context.localIdx;
    int part = context.groupIdx;
    int xFrom = streamIn;
    int wFrom = vectors;
    int v5From = streamOut;
    for (int row = part; row < rows; row += parts) {
      int at = row * 32;
      for (int c = thread; c < 32; c += 64) {
        float x = stream.get(xFrom + at + c);
        float v1 = DeviceMath.sigmoid(x);
        float v2 = x * v1;
        float v4 = weights.get(wFrom + c);
        float v5 = v2 * v4;
        stream.set(v5From + at + c, v5);
      }
    }
  }

  private void layerBackward() {
    TaskGraph graph = begin("layerBackward");
    graph.task("layerBackward1", Small::layerBackward1, context, control, weights, stream, streamGradient, partials);
    grid("layerBackward1", parts());
    graph.task("layerBackward1Sum", Small::layerBackward1Sum, context, control, gradients, partials);
    grid("layerBackward1Sum", RowKernels.grid(32));
    end(graph);
  }

  /**
   * gradient of w, d_x, from small.swax:1.
   */
  public static void layerBackward1(KernelContext context, IntArray control, FloatArray weights,
      FloatArray stream, FloatArray streamGradient, FloatArray partials) {
    int rows = control.get(ROWS);
    int parts = control.get(PARTS);
    int vectors = control.get(VECTORS);
    int streamIn = control.get(STREAM_IN);
    int gradientIn = control.get(GRADIENT_IN);
    int gradientOut = control.get(GRADIENT_OUT);
    int thread = context.localIdx;
    int part = context.groupIdx;
    int partial1 = 0 + part * 32;
    for (int c = thread; c < 32; c += 64) {
      partials.set(partial1 + c, 0f);
    }
    int xFrom = streamIn;
    int dyFrom = gradientIn;
    int wFrom = vectors;
    int dXFrom = gradientOut;
    for (int row = part; row < rows; row += parts) {
      int at = row * 32;
      for (int c = thread; c < 32; c += 64) {
        float dy = streamGradient.get(dyFrom + at + c);
        float v4 = weights.get(wFrom + c);
        float v6 = dy * v4;
        float x = stream.get(xFrom + at + c);
        float v1 = DeviceMath.sigmoid(x);
        float v9 = v6 * v1;
        float v10 = v6 * x;
        float v12 = 1.0f - v1;
        float v13 = v1 * v12;
        float v14 = v10 * v13;
        float dX = v9 + v14;
        streamGradient.set(dXFrom + at + c, dX);
        float v2 = x * v1;
        float v7 = dy * v2;
        partials.set(partial1 + c, partials.get(partial1 + c) + v7);
      }
    }
  }

  /**
   * gradient of w, the parts of all work-groups.
   */
  public static void layerBackward1Sum(KernelContext context, IntArray control,
      FloatArray gradients, FloatArray partials) {
    int parts = control.get(PARTS);
    int vectors = control.get(VECTORS);
    RowKernels.addParts(context, partials, 0, parts, 32, gradients, vectors, 1);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "w", 1, 32, new Initializer.Constant(1.0), false));
  }
