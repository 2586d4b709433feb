  // in workspaceFloats:
    most = Math.max(most, StepKernels.workspace(batch, time, 4, 72, 8, 0));

  private void layerForward() {
    TaskGraph graph = begin("layerForward");
    graph.task("layerForwardRememberedForward", Small::layerForwardRememberedForward, context, control, stream, workspace, firstKeys);
    grid("layerForwardRememberedForward", StepKernels.grid(batch, 4));
    end(graph);
  }

  /**
   * remembered = step(x), from small.swax:1.
   */
  public static void layerForwardRememberedForward(KernelContext context, IntArray control,
      FloatArray stream, FloatArray workspace, IntArray firstKeys) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    int streamOut = control.get(STREAM_OUT);
    int part = context.globalIdx;
    int total = StepKernels.sequences(rows, time) * 4;
    if (part < total) {
      int sequence = part / 4;
      int head = part % 4;
      for (int i = 0; i < 8; i++) {
        workspace.set((0 + i) * total + part, 0f);
      }
      for (int t = 0; t < time; t++) {
        int row = sequence * time + t;
        if (t > 0 && firstKeys.get(row) == t) {
          for (int i = 0; i < 8; i++) {
            workspace.set((0 + i) * total + part, 0f);
          }
        }
        {
          int i = 0;
          for (int j = 0; j < 8; j++) {
            float a = stream.get(streamIn + row * 32 + head * 8 + i * 8 + j);
            float b = workspace.get((0 + i * 8 + j) * total + part);
            workspace.set((24 + i * 8 + j) * total + part, a * b);
          }
        }
        {
          int i = 0;
          for (int j = 0; j < 8; j++) {
            float a = workspace.get((24 + i * 8 + j) * total + part);
            float b = stream.get(streamIn + row * 32 + head * 8 + i * 8 + j);
            workspace.set((32 + i * 8 + j) * total + part, a + b);
          }
        }
        for (int i = 0; i < 8; i++) {
          workspace.set((8 + i) * total + part, workspace.get((32 + i) * total + part));
        }
        for (int i = 0; i < 8; i++) {
          stream.set(streamOut + row * 32 + head * 8 + i, workspace.get((32 + i) * total + part));
        }
        for (int i = 0; i < 8; i++) {
          workspace.set((0 + i) * total + part, workspace.get((8 + i) * total + part));
        }
      }
    }
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
  }
