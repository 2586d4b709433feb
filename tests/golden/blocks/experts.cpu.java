  // in Small:
    scratch = keep(192);

  private static final ChoiceShape EXPERTS = new ChoiceShape(4, 2, 1, 1);
  private Tensor[] layerWWeight;
  private Tensor[] layerWGradient;
  private Tensor[] layerBWeight;
  private Tensor[] layerBGradient;
  private Tensor[] layerV3;
  private Tensor[] layerV4;
  private Tensor layerScoresScratch;
  private Tensor layerChosenScratch;
  private Tensor layerRowsScratch;
  private Tensor layerBiasScratch;
  private Tensor layerMadeScratch;
  private Tensor layerV10Scratch;
  private Tensor layerRows2Scratch;
  private Tensor layerDBiasScratch;
  private Tensor layerDRowsScratch;
  private RowTask layerForward1Task;
  private RowTask layerForward2Task;

  private void allocateLayer() {
    layerWWeight = new Tensor[LAYERS];
    layerWGradient = new Tensor[LAYERS];
    layerBWeight = new Tensor[LAYERS];
    layerBGradient = new Tensor[LAYERS];
    layerV3 = new Tensor[LAYERS];
    Tensor layerV3Shared = shared(2);
    layerV4 = new Tensor[LAYERS];
    Tensor layerV4Shared = shared(2);
    layerScoresScratch = scratch.slice((long) 0 * capacity, (long) 4 * capacity);
    layerChosenScratch = scratch.slice((long) 4 * capacity, (long) 2 * capacity);
    layerRowsScratch = scratch.slice((long) 0 * capacity, (long) 64 * capacity);
    layerBiasScratch = scratch.slice((long) 64 * capacity, (long) 64 * capacity);
    layerMadeScratch = scratch.slice((long) 128 * capacity, (long) 64 * capacity);
    layerV10Scratch = scratch.slice((long) 0 * capacity, (long) 64 * capacity);
    layerRows2Scratch = scratch.slice((long) 0 * capacity, (long) 64 * capacity);
    layerDBiasScratch = scratch.slice((long) 64 * capacity, (long) 64 * capacity);
    layerDRowsScratch = scratch.slice((long) 128 * capacity, (long) 64 * capacity);
    layerForward1Task = this::layerForward1;
    layerForward2Task = this::layerForward2;
    for (int layer : LAYER_LAYERS) {
      layerWWeight[layer] = parameters.get("layers." + layer + ".w").value();
      layerWGradient[layer] = parameters.get("layers." + layer + ".w").gradient();
      layerBWeight[layer] = parameters.get("layers." + layer + ".b").value();
      layerBGradient[layer] = parameters.get("layers." + layer + ".b").gradient();
      layerV3[layer] = kept(layerV3Shared, 2);
      layerV4[layer] = kept(layerV4Shared, 2);
    }
  }

  private void forwardLayer(int layer) {
    this.layer = layer;
    // scores, from small.swax:1.
    kernels.rows(rows, layerForward1Task);
    // chosen = choose(scores)    small.swax:1
    kernels.experts().choose(layerScoresScratch, layerChosenScratch, layerV3[layer], layerV4[layer], rows, EXPERTS);
    // rows = dispatch(x, v3)    small.swax:1
    kernels.experts().dispatch(stream[layer], layerV3[layer], layerRowsScratch, rows, 2, 32);
    // bias = rows(b, v4)    small.swax:1
    kernels.experts().rows(layerBWeight[layer], layerV4[layer], layerBiasScratch, rows * 2, 32);
    // made = matMul(rows, w, v4)    small.swax:1
    kernels.experts().matmul(layerRowsScratch, layerWWeight[layer], layerV4[layer], layerMadeScratch, rows * 2, 32, 32, 4);
    // v10, from small.swax:1.
    kernels.rows(rows, layerForward2Task);
    // combined = combine(v10, v3)    small.swax:1
    kernels.experts().combine(layerV10Scratch, layerV3[layer], stream[layer + 1], rows, 2, 32);
  }

  /**
   * scores, from small.swax:1.
   */
  private void layerForward1(int part, int from, int to) {
    MemorySegment xIn = stream[layer].segment();
    MemorySegment scoresOut = layerScoresScratch.segment();
    for (int row = from; row < to; row++) {
      for (int group = 0; group < 4; group++) {
        int first = group * 8;
        long at = ((long) row * 32 + first) * Float.BYTES;
        FloatVector scoresLanes = FloatVector.zero(SPECIES);
        float scoresRest = 0f;
        for (int c = 0; c < SPECIES.loopBound(8); c += LANES) {
          FloatVector x = FloatVector.fromMemorySegment(SPECIES, xIn, at + (long) c * Float.BYTES, ORDER);
          scoresLanes = scoresLanes.add(x);
        }
        for (int c = SPECIES.loopBound(8); c < 8; c++) {
          float x = xIn.get(FLOAT, at + (long) c * Float.BYTES);
          scoresRest = scoresRest + x;
        }
        float scores = VectorMath.sum(scoresLanes) + scoresRest;
        scoresOut.setAtIndex(FLOAT, (long) row * 4 + group, scores);
      }
    }
  }

  /**
   * v10, from small.swax:1.
   */
  private void layerForward2(int part, int from, int to) {
    MemorySegment madeIn = layerMadeScratch.segment();
    MemorySegment biasIn = layerBiasScratch.segment();
    MemorySegment v10Out = layerV10Scratch.segment();
    for (int row = from; row < to; row++) {
      long at = (long) row * 64 * Float.BYTES;
      for (int c = 0; c < 64; c += LANES) {
        FloatVector made = FloatVector.fromMemorySegment(SPECIES, madeIn, at + (long) c * Float.BYTES, ORDER);
        FloatVector bias = FloatVector.fromMemorySegment(SPECIES, biasIn, at + (long) c * Float.BYTES, ORDER);
        FloatVector v10 = made.add(bias);
        v10.intoMemorySegment(v10Out, at + (long) c * Float.BYTES, ORDER);
      }
    }
  }

  private void backwardLayer(int layer) {
    this.layer = layer;
    // rows = dispatch(x, v3)    small.swax:1
    kernels.experts().dispatch(stream[layer], layerV3[layer], layerRows2Scratch, rows, 2, 32);
    // d_bias = dispatch(dy, v3)    small.swax:1
    kernels.experts().dispatch(gradient[(layer + 1) & 1], layerV3[layer], layerDBiasScratch, rows, 2, 32);
    // gradient of b = rowsGradient(d_bias, v4)    small.swax:1
    kernels.experts().rowsGradient(layerDBiasScratch, layerV4[layer], layerBGradient[layer], rows * 2, 32, 4);
    // d_rows = matMul(d_bias, w, v4)    small.swax:1
    kernels.experts().matmulTransposedRight(layerDBiasScratch, layerWWeight[layer], layerV4[layer], layerDRowsScratch, rows * 2, 32, 32, 4);
    // gradient of w = matMul(rows, d_bias, v4)    small.swax:1
    kernels.experts().matmulTransposedLeft(layerRows2Scratch, layerDBiasScratch, layerV4[layer], layerWGradient[layer], rows * 2, 32, 32, 4);
    // d_x = combine(d_rows, v3)    small.swax:1
    kernels.experts().combine(layerDRowsScratch, layerV3[layer], gradient[layer & 1], rows, 2, 32);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "w", 128, 32, new Initializer.Constant(1.0), true, 4));
    specs.add(new ParameterSpec(layer + "b", 4, 32, new Initializer.Constant(1.0), true));
  }
