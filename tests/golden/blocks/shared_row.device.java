  // in arrays:
                new DeviceBlock("layerForward", "layerBackward", 0, 8, 0),

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
    int v3From = streamOut;
    for (int row = part; row < rows; row += parts) {
      for (int group = 0; group < 4; group++) {
        int first = group * 8;
        int at = row * 32 + first;
        for (int c = thread; c < 8; c += 64) {
          float x = stream.get(xFrom + at + c);
          float v2 = weights.get(wFrom + c);
          float v3 = x * v2;
          stream.set(v3From + at + c, v3);
        }
      }
    }
  }

  private void layerBackward() {
    TaskGraph graph = begin("layerBackward");
    graph.task("layerBackward1", Small::layerBackward1, context, control, weights, stream, streamGradient, partials);
    grid("layerBackward1", parts());
    graph.task("layerBackward1Sum", Small::layerBackward1Sum, context, control, gradients, partials);
    grid("layerBackward1Sum", RowKernels.grid(8));
    end(graph);
  }

  /**
   * d_x, gradient of w, from small.swax:1.
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
    int partial1 = 0 + part * 8;
    for (int c = thread; c < 8; c += 64) {
      partials.set(partial1 + c, 0f);
    }
    int dyFrom = gradientIn;
    int wFrom = vectors;
    int xFrom = streamIn;
    int dXFrom = gradientOut;
    for (int row = part; row < rows; row += parts) {
      for (int group = 0; group < 4; group++) {
        int first = group * 8;
        int at = row * 32 + first;
        for (int c = thread; c < 8; c += 64) {
          float dy = streamGradient.get(dyFrom + at + c);
          float v2 = weights.get(wFrom + c);
          float dX = dy * v2;
          streamGradient.set(dXFrom + at + c, dX);
          float x = stream.get(xFrom + at + c);
          float v5 = dy * x;
          partials.set(partial1 + c, partials.get(partial1 + c) + v5);
        }
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
    RowKernels.addParts(context, partials, 0, parts, 8, gradients, vectors, 1);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "w", 1, 8, new Initializer.Constant(1.0), false));
  }
