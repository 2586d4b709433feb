  // in Small:
    scratch = keep(98);

  private static final ChoiceShape EXPERTS = new ChoiceShape(4, 2, 1, 1);
  private Tensor[] layerRouterWeight;
  private Tensor[] layerRouterGradient;
  private Tensor[] layerScores;
  private Tensor[] layerChosen;
  private Tensor[] layerV4;
  private Tensor[] layerShares;
  private Tensor[] layerWeights;
  private Tensor[] layerV8;
  private Tensor layerBalancedScratch;
  private Tensor layerRowsScratch;
  private Tensor layerDRowsScratch;
  private Tensor layerV10Scratch;
  private Tensor layerDWeightsScratch;
  private Tensor layerDSharesScratch;
  private Tensor layerDBalancedScratch;
  private Tensor layerDScoresScratch;
  private Tensor layerV19Scratch;
  private RowTask layerBackward1Task;
  private RowTask layerBackward2Task;

  private void allocateLayer() {
    layerRouterWeight = new Tensor[LAYERS];
    layerRouterGradient = new Tensor[LAYERS];
    layerScores = new Tensor[LAYERS];
    Tensor layerScoresShared = shared(4);
    layerChosen = new Tensor[LAYERS];
    Tensor layerChosenShared = shared(2);
    layerV4 = new Tensor[LAYERS];
    Tensor layerV4Shared = shared(2);
    layerShares = new Tensor[LAYERS];
    Tensor layerSharesShared = shared(4);
    layerWeights = new Tensor[LAYERS];
    Tensor layerWeightsShared = shared(2);
    layerV8 = new Tensor[LAYERS];
    Tensor layerV8Shared = shared(2);
    layerBalancedScratch = scratch.slice((long) 0 * capacity, (long) 4 * capacity);
    layerRowsScratch = scratch.slice((long) 0 * capacity, (long) 64 * capacity);
    layerDRowsScratch = scratch.slice((long) 0 * capacity, (long) 64 * capacity);
    layerV10Scratch = scratch.slice((long) 64 * capacity, (long) 32 * capacity);
    layerDWeightsScratch = scratch.slice((long) 96 * capacity, (long) 2 * capacity);
    layerDSharesScratch = scratch.slice((long) 0 * capacity, (long) 4 * capacity);
    layerDBalancedScratch = scratch.slice((long) 4 * capacity, (long) 4 * capacity);
    layerDScoresScratch = scratch.slice((long) 0 * capacity, (long) 4 * capacity);
    layerV19Scratch = scratch.slice((long) 4 * capacity, (long) 32 * capacity);
    layerBackward1Task = this::layerBackward1;
    layerBackward2Task = this::layerBackward2;
    for (int layer : LAYER_LAYERS) {
      layerRouterWeight[layer] = parameters.get("layers." + layer + ".router").value();
      layerRouterGradient[layer] = parameters.get("layers." + layer + ".router").gradient();
      layerScores[layer] = kept(layerScoresShared, 4);
      layerChosen[layer] = kept(layerChosenShared, 2);
      layerV4[layer] = kept(layerV4Shared, 2);
      layerShares[layer] = kept(layerSharesShared, 4);
      layerWeights[layer] = kept(layerWeightsShared, 2);
      layerV8[layer] = kept(layerV8Shared, 2);
    }
  }

  private void forwardLayer(int layer) {
    this.layer = layer;
    // scores = matMul(x, router)    small.swax:1
    kernels.matmul(stream[layer], layerRouterWeight[layer], layerScores[layer], rows, 32, 4, false);
    // chosen = choose(scores)    small.swax:1
    kernels.experts().choose(layerScores[layer], layerChosen[layer], layerV8[layer], layerV4[layer], rows, EXPERTS);
    // balanced = balance(scores, v4)    small.swax:1
    layerBalancedScratch.segment().copyFrom(layerScores[layer].segment());
    // shares = softmax(balanced)    small.swax:1
    kernels.softmax(layerBalancedScratch, layerShares[layer], rows, 1, 4);
    // weights = pick(shares, chosen)    small.swax:1
    kernels.experts().pick(layerShares[layer], layerChosen[layer], layerWeights[layer], rows, 4, 2);
    // rows = dispatch(x, v8, weights)    small.swax:1
    kernels.experts().dispatchWeighted(stream[layer], layerV8[layer], layerWeights[layer], layerRowsScratch, rows, 2, 32);
    // combined = combine(rows, v8)    small.swax:1
    kernels.experts().combine(layerRowsScratch, layerV8[layer], stream[layer + 1], rows, 2, 32);
  }

  private void backwardLayer(int layer) {
    this.layer = layer;
    // d_rows = dispatch(dy, v8)    small.swax:1
    kernels.experts().dispatch(gradient[(layer + 1) & 1], layerV8[layer], layerDRowsScratch, rows, 2, 32);
    // v10 = combine(d_rows, v8, weights)    small.swax:1
    kernels.experts().combineWeighted(layerDRowsScratch, layerV8[layer], layerWeights[layer], layerV10Scratch, rows, 2, 32);
    // d_weights = slotDots(x, d_rows, v8)    small.swax:1
    kernels.experts().slotDots(stream[layer], layerDRowsScratch, layerV8[layer], layerDWeightsScratch, rows, 2, 32);
    // d_shares = pickGradient(d_weights, chosen)    small.swax:1
    kernels.experts().pickGradient(layerDWeightsScratch, layerChosen[layer], layerDSharesScratch, rows, 4, 2);
    // d_balanced, from small.swax:1.
    kernels.rows(rows, layerBackward1Task);
    // d_scores = balanceGradient(d_balanced, scores, v4)    small.swax:1
    kernels.experts().balanceGradient(layerDBalancedScratch, layerScores[layer], layerV4[layer], layerDScoresScratch, 0.01 * predicted(), rows, 4, 2);
    // v19 = matMul(d_scores, router)    small.swax:1
    kernels.matmulTransposedRight(layerDScoresScratch, layerRouterWeight[layer], layerV19Scratch, rows, 4, 32, false);
    // gradient of router = matMul(x, d_scores)    small.swax:1
    kernels.matmulTransposedLeft(stream[layer], layerDScoresScratch, layerRouterGradient[layer], 32, rows, 4, true);
    // d_x, from small.swax:1.
    kernels.rows(rows, layerBackward2Task);
  }

  /**
   * d_balanced, from small.swax:1.
   */
  private void layerBackward1(int part, int from, int to) {
    MemorySegment sharesIn = layerShares[layer].segment();
    MemorySegment dSharesIn = layerDSharesScratch.segment();
    MemorySegment dBalancedOut = layerDBalancedScratch.segment();
    for (int row = from; row < to; row++) {
      long at = (long) row * 4 * Float.BYTES;
      float v14 = layerBackward1Loop1(sharesIn, at, dSharesIn);
      layerBackward1Loop2(sharesIn, at, dSharesIn, v14, dBalancedOut);
    }
  }

  private static float layerBackward1Loop1(MemorySegment sharesIn, long at,
      MemorySegment dSharesIn) {
    FloatVector v14Lanes = FloatVector.zero(SPECIES);
    float v14Rest = 0f;
    for (int c = 0; c < SPECIES.loopBound(4); c += LANES) {
      FloatVector shares = FloatVector.fromMemorySegment(SPECIES, sharesIn, at + (long) c * Float.BYTES, ORDER);
      FloatVector dShares = FloatVector.fromMemorySegment(SPECIES, dSharesIn, at + (long) c * Float.BYTES, ORDER);
      FloatVector v13 = shares.mul(dShares);
      v14Lanes = v14Lanes.add(v13);
    }
    for (int c = SPECIES.loopBound(4); c < 4; c++) {
      float shares = sharesIn.get(FLOAT, at + (long) c * Float.BYTES);
      float dShares = dSharesIn.get(FLOAT, at + (long) c * Float.BYTES);
      float v13 = shares * dShares;
      v14Rest = v14Rest + v13;
    }
    return VectorMath.sum(v14Lanes) + v14Rest;
  }

  private static void layerBackward1Loop2(MemorySegment sharesIn, long at, MemorySegment dSharesIn,
      float v14, MemorySegment dBalancedOut) {
    for (int c = 0; c < SPECIES.loopBound(4); c += LANES) {
      FloatVector shares = FloatVector.fromMemorySegment(SPECIES, sharesIn, at + (long) c * Float.BYTES, ORDER);
      FloatVector dShares = FloatVector.fromMemorySegment(SPECIES, dSharesIn, at + (long) c * Float.BYTES, ORDER);
      FloatVector v15 = FloatVector.broadcast(SPECIES, v14);
      FloatVector v16 = dShares.sub(v15);
      FloatVector dBalanced = shares.mul(v16);
      dBalanced.intoMemorySegment(dBalancedOut, at + (long) c * Float.BYTES, ORDER);
    }
    for (int c = SPECIES.loopBound(4); c < 4; c++) {
      float shares = sharesIn.get(FLOAT, at + (long) c * Float.BYTES);
      float dShares = dSharesIn.get(FLOAT, at + (long) c * Float.BYTES);
      float v15 = v14;
      float v16 = dShares - v15;
      float dBalanced = shares * v16;
      dBalancedOut.set(FLOAT, at + (long) c * Float.BYTES, dBalanced);
    }
  }

  /**
   * d_x, from small.swax:1.
   */
  private void layerBackward2(int part, int from, int to) {
    MemorySegment v10In = layerV10Scratch.segment();
    MemorySegment v19In = layerV19Scratch.segment();
    MemorySegment dXOut = gradient[layer & 1].segment();
    for (int row = from; row < to; row++) {
      long at = (long) row * 32 * Float.BYTES;
      for (int c = 0; c < 32; c += LANES) {
        FloatVector v10 = FloatVector.fromMemorySegment(SPECIES, v10In, at + (long) c * Float.BYTES, ORDER);
        FloatVector v19 = FloatVector.fromMemorySegment(SPECIES, v19In, at + (long) c * Float.BYTES, ORDER);
        FloatVector dX = v10.add(v19);
        dX.intoMemorySegment(dXOut, at + (long) c * Float.BYTES, ORDER);
      }
    }
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "router", 32, 4, new Initializer.Constant(1.0), true, 1));
  }
