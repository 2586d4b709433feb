  private Tensor[] layerV1;
  private RowTask layerForward1Task;
  private RowTask layerBackward1Task;

  private void allocateLayer() {
    layerV1 = new Tensor[LAYERS];
    Tensor layerV1Shared = shared(4);
    layerForward1Task = this::layerForward1;
    layerBackward1Task = this::layerBackward1;
    for (int layer : LAYER_LAYERS) {
      layerV1[layer] = kept(layerV1Shared, 4);
    }
  }

  private void forwardLayer(int layer) {
    this.layer = layer;
    // v1, y, from small.swax:1.
    kernels.rows(rows, layerForward1Task);
  }

  /**
   * v1, y, from small.swax:1.
   */
  private void layerForward1(int part, int from, int to) {
    MemorySegment xIn = stream[layer].segment();
    MemorySegment v1Out = layerV1[layer].segment();
    MemorySegment v3Out = stream[layer + 1].segment();
    for (int row = from; row < to; row++) {
      for (int group = 0; group < 4; group++) {
        int first = group * 8;
        long at = ((long) row * 32 + first) * Float.BYTES;
        float v1 = layerForward1Loop1(xIn, at);
        v1Out.setAtIndex(FLOAT, (long) row * 4 + group, v1);
        layerForward1Loop2(xIn, at, v1, v3Out);
      }
    }
  }

  private static float layerForward1Loop1(MemorySegment xIn, long at) {
    FloatVector v1Lanes = FloatVector.zero(SPECIES);
    float v1Rest = 0f;
    for (int c = 0; c < SPECIES.loopBound(8); c += LANES) {
      FloatVector x = FloatVector.fromMemorySegment(SPECIES, xIn, at + (long) c * Float.BYTES, ORDER);
      v1Lanes = v1Lanes.add(x);
    }
    for (int c = SPECIES.loopBound(8); c < 8; c++) {
      float x = xIn.get(FLOAT, at + (long) c * Float.BYTES);
      v1Rest = v1Rest + x;
    }
    return VectorMath.sum(v1Lanes) + v1Rest;
  }

  private static void layerForward1Loop2(MemorySegment xIn, long at, float v1,
      MemorySegment v3Out) {
    for (int c = 0; c < SPECIES.loopBound(8); c += LANES) {
      FloatVector x = FloatVector.fromMemorySegment(SPECIES, xIn, at + (long) c * Float.BYTES, ORDER);
      FloatVector v2 = FloatVector.broadcast(SPECIES, v1);
      FloatVector v3 = x.mul(v2);
      v3.intoMemorySegment(v3Out, at + (long) c * Float.BYTES, ORDER);
    }
    for (int c = SPECIES.loopBound(8); c < 8; c++) {
      float x = xIn.get(FLOAT, at + (long) c * Float.BYTES);
      float v2 = v1;
      float v3 = x * v2;
      v3Out.set(FLOAT, at + (long) c * Float.BYTES, v3);
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
    MemorySegment v1In = layerV1[layer].segment();
    MemorySegment xIn = stream[layer].segment();
    MemorySegment dXOut = gradient[layer & 1].segment();
    for (int row = from; row < to; row++) {
      for (int group = 0; group < 4; group++) {
        int first = group * 8;
        long at = ((long) row * 32 + first) * Float.BYTES;
        float v1 = v1In.getAtIndex(FLOAT, (long) row * 4 + group);
        float v6 = layerBackward1Loop1(dyIn, at, xIn);
        layerBackward1Loop2(dyIn, at, v1, v6, dXOut);
      }
    }
  }

  private static float layerBackward1Loop1(MemorySegment dyIn, long at, MemorySegment xIn) {
    FloatVector v6Lanes = FloatVector.zero(SPECIES);
    float v6Rest = 0f;
    for (int c = 0; c < SPECIES.loopBound(8); c += LANES) {
      FloatVector dy = FloatVector.fromMemorySegment(SPECIES, dyIn, at + (long) c * Float.BYTES, ORDER);
      FloatVector x = FloatVector.fromMemorySegment(SPECIES, xIn, at + (long) c * Float.BYTES, ORDER);
      FloatVector v5 = dy.mul(x);
      v6Lanes = v6Lanes.add(v5);
    }
    for (int c = SPECIES.loopBound(8); c < 8; c++) {
      float dy = dyIn.get(FLOAT, at + (long) c * Float.BYTES);
      float x = xIn.get(FLOAT, at + (long) c * Float.BYTES);
      float v5 = dy * x;
      v6Rest = v6Rest + v5;
    }
    return VectorMath.sum(v6Lanes) + v6Rest;
  }

  private static void layerBackward1Loop2(MemorySegment dyIn, long at, float v1, float v6,
      MemorySegment dXOut) {
    for (int c = 0; c < SPECIES.loopBound(8); c += LANES) {
      FloatVector dy = FloatVector.fromMemorySegment(SPECIES, dyIn, at + (long) c * Float.BYTES, ORDER);
      FloatVector v2 = FloatVector.broadcast(SPECIES, v1);
      FloatVector v4 = dy.mul(v2);
      FloatVector v7 = FloatVector.broadcast(SPECIES, v6);
      FloatVector dX = v4.add(v7);
      dX.intoMemorySegment(dXOut, at + (long) c * Float.BYTES, ORDER);
    }
    for (int c = SPECIES.loopBound(8); c < 8; c++) {
      float dy = dyIn.get(FLOAT, at + (long) c * Float.BYTES);
      float v2 = v1;
      float v4 = dy * v2;
      float v7 = v6;
      float dX = v4 + v7;
      dXOut.set(FLOAT, at + (long) c * Float.BYTES, dX);
    }
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
  }
