  private Tensor[] layerV3;
  private RowTask layerForward1Task;
  private RowTask layerBackward1Task;

  private void allocateLayer() {
    layerV3 = new Tensor[LAYERS];
    Tensor layerV3Shared = shared(1);
    layerForward1Task = this::layerForward1;
    layerBackward1Task = this::layerBackward1;
    for (int layer : LAYER_LAYERS) {
      layerV3[layer] = kept(layerV3Shared, 1);
    }
  }

  private void forwardLayer(int layer) {
    this.layer = layer;
    // v3, y, from small.swax:1.
    kernels.rows(rows, layerForward1Task);
  }

  /**
   * v3, y, from small.swax:1.
   */
  private void layerForward1(int part, int from, int to) {
    MemorySegment xIn = stream[layer].segment();
    MemorySegment v3Out = layerV3[layer].segment();
    MemorySegment v5Out = stream[layer + 1].segment();
    for (int row = from; row < to; row++) {
      long at = (long) row * 32 * Float.BYTES;
      float v2 = layerForward1Loop1(xIn, at);
      float v3 = 1f / (float) Math.sqrt(v2);
      v3Out.setAtIndex(FLOAT, row, v3);
      layerForward1Loop2(xIn, at, v3, v5Out);
    }
  }

  private static float layerForward1Loop1(MemorySegment xIn, long at) {
    FloatVector v2Lanes = FloatVector.zero(SPECIES);
    for (int c = 0; c < 32; c += LANES) {
      FloatVector x = FloatVector.fromMemorySegment(SPECIES, xIn, at + (long) c * Float.BYTES, ORDER);
      FloatVector v1 = x.mul(x);
      v2Lanes = v2Lanes.add(v1);
    }
    return VectorMath.sum(v2Lanes);
  }

  private static void layerForward1Loop2(MemorySegment xIn, long at, float v3,
      MemorySegment v5Out) {
    for (int c = 0; c < 32; c += LANES) {
      FloatVector x = FloatVector.fromMemorySegment(SPECIES, xIn, at + (long) c * Float.BYTES, ORDER);
      FloatVector v4 = FloatVector.broadcast(SPECIES, v3);
      FloatVector v5 = x.mul(v4);
      v5.intoMemorySegment(v5Out, at + (long) c * Float.BYTES, ORDER);
    }
  }

  private void backwardLayer(int layer) {
    this.layer = layer;
    // d_x, from small.swax:1.
    kernels.rows(rows, layerBackward1Task);
  }

  /**
   * d_x, from small.swax:1.
   */
  private void layerBackward1(int part, int from, int to) {
    MemorySegment dyIn = gradient[(layer + 1) & 1].segment();
    MemorySegment v3In = layerV3[layer].segment();
    MemorySegment xIn = stream[layer].segment();
    MemorySegment dXOut = gradient[layer & 1].segment();
    for (int row = from; row < to; row++) {
      long at = (long) row * 32 * Float.BYTES;
      float v3 = v3In.getAtIndex(FLOAT, row);
      float v9 = v3 * v3;
      float v10 = v3 * v9;
      float v6 = layerBackward1Loop1(dyIn, at, xIn);
      float v8 = v6 * (-0.5f);
      float v11 = v8 * v10;
      layerBackward1Loop2(dyIn, at, v3, v11, xIn, dXOut);
    }
  }

  private static float layerBackward1Loop1(MemorySegment dyIn, long at, MemorySegment xIn) {
    FloatVector v6Lanes = FloatVector.zero(SPECIES);
    for (int c = 0; c < 32; c += LANES) {
      FloatVector dy = FloatVector.fromMemorySegment(SPECIES, dyIn, at + (long) c * Float.BYTES, ORDER);
      FloatVector x = FloatVector.fromMemorySegment(SPECIES, xIn, at + (long) c * Float.BYTES, ORDER);
      FloatVector v5 = dy.mul(x);
      v6Lanes = v6Lanes.add(v5);
    }
    return VectorMath.sum(v6Lanes);
  }

  private static void layerBackward1Loop2(MemorySegment dyIn, long at, float v3, float v11,
      MemorySegment xIn, MemorySegment dXOut) {
    for (int c = 0; c < 32; c += LANES) {
      FloatVector dy = FloatVector.fromMemorySegment(SPECIES, dyIn, at + (long) c * Float.BYTES, ORDER);
      FloatVector v2 = FloatVector.broadcast(SPECIES, v3);
      FloatVector v4 = dy.mul(v2);
      FloatVector v12 = FloatVector.broadcast(SPECIES, v11);
      FloatVector x = FloatVector.fromMemorySegment(SPECIES, xIn, at + (long) c * Float.BYTES, ORDER);
      FloatVector v14 = x.mul(2.0f);
      FloatVector v15 = v12.mul(v14);
      FloatVector dX = v4.add(v15);
      dX.intoMemorySegment(dXOut, at + (long) c * Float.BYTES, ORDER);
    }
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
  }
