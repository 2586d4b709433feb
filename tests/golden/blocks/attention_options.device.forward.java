  // in arrays:
            32, 64, List.of("window"), 128, 32,
            List.of(new Rotation(8, 4, 10000.0, Rotation.Pairs.HALF, new RopeScaling.Yarn(32.0, 4096.0, 32.0, 1.0, false, 1.25))),
                new DeviceBlock("layerForward", "layerBackward", 0, 4, 36),

  // in workspaceFloats:
    most = Math.max(most, (long) capacity * 4);

  private void layerForward() {
    TaskGraph graph = begin("layerForward");
    graph.task("layerForwardRotated", Small::layerForwardRotated, context, control, stream, kept, angles);
    grid("layerForwardRotated", RopeKernels.shareGrid(capacity, 4, 8, 4));
    graph.task("layerForwardAttended", Small::layerForwardAttended, context, control, weights, stream, kept, firstKeys);
    grid("layerForwardAttended", AttentionKernels.queryGrid(batch, time, 4));
    end(graph);
  }

  /**
   * rotated = rope(x), from small.swax:1.
   */
  public static void layerForwardRotated(KernelContext context, IntArray control, FloatArray stream,
      FloatArray kept, FloatArray angles) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int keptFrom = control.get(KEPT_FROM);
    int streamIn = control.get(STREAM_IN);
    RopeKernels.rotateShare(context, stream, streamIn, kept, keptFrom, angles, 0, rows, time, 4, 8, 4, 1, 0);
  }

  /**
   * attended = attention(rotated, x, x, sinks), from small.swax:1.
   */
  public static void layerForwardAttended(KernelContext context, IntArray control,
      FloatArray weights, FloatArray stream, FloatArray kept, IntArray firstKeys) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int capacity = control.get(CAPACITY);
    int vectors = control.get(VECTORS);
    int keptFrom = control.get(KEPT_FROM);
    int streamIn = control.get(STREAM_IN);
    int streamOut = control.get(STREAM_OUT);
    AttentionKernels.forward(context, kept, keptFrom, stream, streamIn, stream, streamIn, stream, streamOut, kept, keptFrom + 32 * capacity, weights, vectors, 1, firstKeys, rows, time, Integer.MAX_VALUE, 4, 4, 8, 8, 0.5f, 50.0f, 8);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "sinks", 1, 4, new Initializer.Constant(1.0), false));
  }
