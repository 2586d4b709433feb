  private void layerBackward() {
    TaskGraph graph = begin("layerBackward");
    graph.task("layerBackwardDXBackward", Small::layerBackwardDXBackward, context, control, stream, streamGradient, workspace, firstKeys);
    grid("layerBackwardDXBackward", StepKernels.grid(batch, 4));
    end(graph);
  }

  /**
   * d_x = stepGradient(x, remembered, dy), from small.swax:1.
   */
  public static void layerBackwardDXBackward(KernelContext context, IntArray control,
      FloatArray stream, FloatArray streamGradient, FloatArray workspace, IntArray firstKeys) {
    int rows = control.get(ROWS);
    int time = control.get(TIME);
    int streamIn = control.get(STREAM_IN);
    int gradientIn = control.get(GRADIENT_IN);
    int gradientOut = control.get(GRADIENT_OUT);
    int part = context.globalIdx;
    int total = StepKernels.sequences(rows, time) * 4;
    if (part < total) {
      int sequence = part / 4;
      int head = part % 4;
      int segment = StepKernels.segment(time);
      int sums = StepKernels.sums(rows, time, 4, 72, 8);
      for (int i = 0; i < 8; i++) {
        workspace.set((0 + i) * total + part, 0f);
      }
      for (int t = 0; t < time; t++) {
        if (t % segment == 0) {
          for (int i = 0; i < 8; i++) {
            workspace.set((72 + t / segment * 8 + i) * total + part, workspace.get((0 + i) * total + part));
          }
        }
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
          workspace.set((0 + i) * total + part, workspace.get((8 + i) * total + part));
        }
      }
      for (int i = 0; i < 8; i++) {
        workspace.set((16 + i) * total + part, 0f);
      }
      int last = (time - 1) / segment;
      for (int s = last; s >= 0; s--) {
        int from = s * segment;
        int to = from + segment < time ? from + segment : time;
        for (int i = 0; i < 8; i++) {
          workspace.set((0 + i) * total + part, workspace.get((72 + s * 8 + i) * total + part));
        }
        for (int t = from; t < to; t++) {
          int row = sequence * time + t;
          if (t > 0 && firstKeys.get(row) == t) {
            for (int i = 0; i < 8; i++) {
              workspace.set((0 + i) * total + part, 0f);
            }
          }
          for (int i = 0; i < 8; i++) {
            workspace.set((72 + (segment + t - from) * 8 + i) * total + part, workspace.get((0 + i) * total + part));
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
            workspace.set((0 + i) * total + part, workspace.get((8 + i) * total + part));
          }
        }
        for (int t = to - 1; t >= from; t--) {
          for (int i = 0; i < 8; i++) {
            workspace.set((0 + i) * total + part, workspace.get((72 + (segment + t - from) * 8 + i) * total + part));
          }
          int row = sequence * time + t;
          {
            int i = 0;
            for (int j = 0; j < 8; j++) {
              float a = streamGradient.get(gradientIn + row * 32 + head * 8 + i * 8 + j);
              float b = workspace.get((16 + i * 8 + j) * total + part);
              workspace.set((40 + i * 8 + j) * total + part, a + b);
            }
          }
          {
            int i = 0;
            for (int j = 0; j < 8; j++) {
              float a = workspace.get((40 + i * 8 + j) * total + part);
              float b = workspace.get((0 + i * 8 + j) * total + part);
              workspace.set((48 + i * 8 + j) * total + part, a * b);
            }
          }
          {
            int i = 0;
            for (int j = 0; j < 8; j++) {
              float a = workspace.get((48 + i * 8 + j) * total + part);
              float b = workspace.get((40 + i * 8 + j) * total + part);
              workspace.set((56 + i * 8 + j) * total + part, a + b);
            }
          }
          {
            int i = 0;
            for (int j = 0; j < 8; j++) {
              float a = workspace.get((40 + i * 8 + j) * total + part);
              float b = stream.get(streamIn + row * 32 + head * 8 + i * 8 + j);
              workspace.set((64 + i * 8 + j) * total + part, a * b);
            }
          }
          for (int i = 0; i < 8; i++) {
            streamGradient.set(gradientOut + row * 32 + head * 8 + i, workspace.get((56 + i) * total + part));
          }
          for (int i = 0; i < 8; i++) {
            workspace.set((8 + i) * total + part, workspace.get((64 + i) * total + part));
          }
          for (int i = 0; i < 8; i++) {
            workspace.set((16 + i) * total + part, workspace.get((8 + i) * total + part));
          }
          if (t > 0 && firstKeys.get(row) == t) {
            for (int i = 0; i < 8; i++) {
              workspace.set((16 + i) * total + part, 0f);
            }
          }
        }
      }
    }
  }
