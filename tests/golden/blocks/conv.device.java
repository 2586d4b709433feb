  // in arrays:
                new DeviceBlock("layerForward", "layerBackward", 96, 0, 0),

  // in workspaceFloats:
    most = Math.max(most, (long) ConvKernels.parts(batch * time) * 96);

  private void layerForward() {
    TaskGraph graph = begin("layerForward");
    graph.task("layerForwardRememberedForward", Small::layerForwardRememberedForward, context, control, weights, stream, firstKeys);
    grid("layerForwardRememberedForward", ConvKernels.grid(capacity, 32));
    end(graph);
  }

  /**
   * remembered = conv(x, w), from small.swax:1.
   */
  public static void layerForwardRememberedForward(KernelContext context, IntArray control,
      FloatArray weights, FloatArray stream, IntArray firstKeys) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int matrices = control.get(MATRICES);
    int streamIn = control.get(STREAM_IN);
    int streamOut = control.get(STREAM_OUT);
    ConvKernels.forward(context, stream, streamIn, weights, matrices, stream, streamOut, firstKeys, rows, time, 3, 32);
  }

  private void layerBackward() {
    TaskGraph graph = begin("layerBackward");
    graph.task("layerBackwardDXInputs", Small::layerBackwardDXInputs, context, control, weights, streamGradient, firstKeys);
    grid("layerBackwardDXInputs", ConvKernels.grid(capacity, 32));
    graph.task("layerBackwardDXWeights", Small::layerBackwardDXWeights, context, control, stream, streamGradient, workspace, firstKeys);
    grid("layerBackwardDXWeights", ConvKernels.weightGrid(capacity, 3, 32));
    graph.task("layerBackwardDXSum", Small::layerBackwardDXSum, context, control, gradients, workspace);
    grid("layerBackwardDXSum", RowKernels.grid(96));
    end(graph);
  }

  /**
   * d_x = convGradient(x, w, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardDXInputs(KernelContext context, IntArray control,
      FloatArray weights, FloatArray streamGradient, IntArray firstKeys) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int matrices = control.get(MATRICES);
    int gradientIn = control.get(GRADIENT_IN);
    int gradientOut = control.get(GRADIENT_OUT);
    ConvKernels.inputs(context, weights, matrices, streamGradient, gradientIn, streamGradient, gradientOut, firstKeys, rows, time, 3, 32);
  }

  /**
   * d_x = convGradient(x, w, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardDXWeights(KernelContext context, IntArray control,
      FloatArray stream, FloatArray streamGradient, FloatArray workspace, IntArray firstKeys) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    int gradientIn = control.get(GRADIENT_IN);
    ConvKernels.weights(context, stream, streamIn, streamGradient, gradientIn, workspace, 0, firstKeys, rows, time, 3, 32);
  }

  /**
   * d_x = convGradient(x, w, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardDXSum(KernelContext context, IntArray control,
      FloatArray gradients, FloatArray workspace) {
    int rows = control.get(ROWS);
    int matrices = control.get(MATRICES);
    RowKernels.addParts(context, workspace, 0, ConvKernels.parts(rows), 96, gradients, matrices, 1);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "w", 3, 32, new Initializer.Constant(1.0), true));
  }
