  private static final int LAYERS = 1;
  private static final int WIDTH = 32;
  private static final int VOCABULARY = 64;
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.95;
  private static final double EPSILON = 1.0E-8;
  private static final double DECAY = 0.1;
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = VectorMath.ORDER;
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  private static final int[] LAYER_LAYERS = {0};
  /**
   * The residual stream before each layer, and after the last.
   */
  private final Tensor[] stream = new Tensor[LAYERS + 1];
  /**
   * The gradient of the stream, before and after a layer in turn.
   */
  private final Tensor[] gradient = new Tensor[2];
  /**
   * Rows of its own for each part of a row kernel: sums over rows, and functions.
   */
  private final Tensor[] partials;
  private final Tensor scratch;
  private final Tensor losses;
  private final Tensor logits;
  private final Tensor unread;
  private int layer;
  private Tensor embedEmbeddingWeight;
  private Tensor embedEmbeddingGradient;

  public Small(Kernels kernels, Parameters parameters, int batch, int time, int context,
      boolean training) {
    super(kernels, parameters, batch, time, context, training);
    scratch = keep(64);
    losses = keep(1);
    logits = keep(VOCABULARY);
    unread = keep(32);
    for (int layer = 0; layer <= LAYERS; layer++) {
      stream[layer] = training || layer < 2 ? keep(WIDTH) : stream[layer & 1];
    }
    for (int i = 0; i < 2; i++) {
      gradient[i] = training ? keep(WIDTH) : unread;
    }
    partials = new Tensor[1];
    for (int i = 0; i < partials.length; i++) {
      partials[i] = allocate((long) kernels.mostRowParts(capacity) * 32);
    }
    allocateEmbed();
    allocateLayer();
    allocateHead();
  }

  private void allocateEmbed() {
    embedEmbeddingWeight = parameters.get("embedding").value();
    embedEmbeddingGradient = parameters.get("embedding").gradient();
  }

  @Override
  protected void forward() {
    forwardEmbed();
    for (int layer = 0; layer < 1; layer += 1) {
      forwardLayer(layer);
    }
    forwardHead();
  }

  @Override
  protected void backward() {
    backwardHead();
    for (int layer = 0; layer >= 0; layer -= 1) {
      backwardLayer(layer);
    }
    backwardEmbed();
  }

  private void forwardEmbed() {
    // x = embedding(embedding)    small.swax:1
    kernels.embedding(tokens, embedEmbeddingWeight, stream[0], rows, 32);
  }

  private void backwardEmbed() {
    // gradient of embedding = embeddingGradient(dy)    small.swax:1
    kernels.embeddingGradient(tokens, gradient[0], embedEmbeddingGradient, rows, 64, 32);
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

  @Override
  public Tensor losses() {
    return losses;
  }

  @Override
  public Tensor logits() {
    return logits;
  }

  @Override
  public List<String> windowNames() {
    return List.of("window");
  }

  @Override
  public void update(double rate, double gradientScale, long step) {
    AdamWStep matrices = new AdamWStep(rate, BETA_1, BETA_2, EPSILON, DECAY, gradientScale, step);
    AdamWStep vectors = new AdamWStep(rate, BETA_1, BETA_2, EPSILON, 0, gradientScale, step);
    for (Parameter parameter : parameters.all()) {
      kernels.adamw(parameter.value(), parameter.gradient(), parameter.first(), parameter.second(), parameter.spec().decayed() ? matrices : vectors);
    }
  }
