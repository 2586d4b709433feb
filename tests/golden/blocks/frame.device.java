  /**
   * The kind of each layer.
   */
  private static final int[] ORDER = {0};

  public Small(Parameters parameters, int batch, int time) {
    super(parameters, new DeviceOptimizer(0.9, 0.95, 1.0E-8, 0.1), arrays(batch, time));
  }

  /**
   * What training so many sequences of so many tokens allocates.
   */
  public static DeviceArrays arrays(int batch, int time) {
    return new DeviceArrays(
        new DeviceSizes(
            32, 64, List.of("window"), 64, 32,
            new float[] {},
            List.of(),
            List.of(
                new DeviceBlock("embedForward", "embedBackward", 2048, 0, 0),
                new DeviceBlock("layerForward", "layerBackward", 0, 0, 0),
                new DeviceBlock("headForward", "headBackward", 2048, 32, 2)),
            ORDER),
        batch,
        time,
        workspaceFloats(batch, time),
        halfFloats(batch, time));
  }

  private static long workspaceFloats(int batch, int time) {
    int capacity = batch * time;
    long most = 1;
    most = Math.max(most, (long) MatmulKernels.parts(32, capacity, 64) * 2048);
    return most;
  }

  private static long halfFloats(int batch, int time) {
    long most = 1;
    return most;
  }

  @Override
  protected void addGraphs() {
    embedForward();
    embedBackward();
    layerForward();
    layerBackward();
    headForward();
    headBackward();
  }

  private void embedForward() {
    TaskGraph graph = begin("embedForward");
    graph.task("embedForwardX", Small::embedForwardX, context, control, weights, stream, tokens);
    grid("embedForwardX", EmbeddingKernels.gatherGrid(capacity, 32));
    end(graph);
  }

  /**
   * x = embedding(embedding), from small.swax:1.
   */
  public static void embedForwardX(KernelContext context, IntArray control, FloatArray weights,
      FloatArray stream, IntArray tokens) {
    int rows = control.get(ROWS);
    int matrices = control.get(MATRICES);
    int streamOut = control.get(STREAM_OUT);
    EmbeddingKernels.gather(context, tokens, 0, weights, matrices, stream, streamOut, rows, 32);
  }

  private void embedBackward() {
    TaskGraph graph = begin("embedBackward");
    graph.task("embedBackwardV1", Small::embedBackwardV1, context, control, gradients, streamGradient, tokenOrder, tokenStarts);
    grid("embedBackwardV1", EmbeddingKernels.gradientGrid(64));
    end(graph);
  }

  /**
   * gradient of embedding = embeddingGradient(dy), from small.swax:1.
   */
  public static void embedBackwardV1(KernelContext context, IntArray control, FloatArray gradients,
      FloatArray streamGradient, IntArray tokenOrder, IntArray tokenStarts) {
    int rows = control.get(ROWS);
    int matrices = control.get(MATRICES);
    int gradientIn = control.get(GRADIENT_IN);
    EmbeddingKernels.gradient(context, tokenOrder, 0, tokenStarts, 0, streamGradient, gradientIn, gradients, matrices, rows, 64, 32);
  }

  /**
   * The model's parameters, in the order of its layers.
   */
  public static List<ParameterSpec> parameterSpecs() {
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(new ParameterSpec("embedding", 64, 32, new Initializer.Normal(0.11180339887498948), true));
    layerParameters(specs, "layers.0.");
    specs.add(new ParameterSpec("norm", 1, 32, new Initializer.Constant(1.0), false));
    specs.add(new ParameterSpec("head", 32, 64, new Initializer.Normal(0.11180339887498948), true));
    return specs;
  }
