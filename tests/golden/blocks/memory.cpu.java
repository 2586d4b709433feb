  // in Small:
    scratch = keep(160);

  private static final MemoryShape MEMORY = new MemoryShape(32, 1, 1, 0.5f, MemoryShape.Normalizer.MAX_ABS_ONE, true, true);
  private Tensor[] layerV3;
  private Tensor[] layerV4;
  private Tensor layerV5Scratch;
  private Tensor layerV6Scratch;
  private Tensor layerV7Scratch;
  private Tensor layerV8Scratch;
  private Tensor layerV9Scratch;
  private Tensor[] layerRememberedState;
  private Tensor[] layerRememberedStateMax;
  private RowTask layerBackward1Task;

  private void allocateLayer() {
    layerV3 = new Tensor[LAYERS];
    Tensor layerV3Shared = shared(32);
    layerV4 = new Tensor[LAYERS];
    Tensor layerV4Shared = shared(32);
    layerV5Scratch = scratch.slice((long) 0 * capacity, (long) 32 * capacity);
    layerV6Scratch = scratch.slice((long) 32 * capacity, (long) 32 * capacity);
    layerV7Scratch = scratch.slice((long) 64 * capacity, (long) 32 * capacity);
    layerV8Scratch = scratch.slice((long) 96 * capacity, (long) 32 * capacity);
    layerV9Scratch = scratch.slice((long) 128 * capacity, (long) 32 * capacity);
    layerRememberedState = new Tensor[LAYERS];
    Tensor layerRememberedStateShared = state(64);
    layerRememberedStateMax = new Tensor[LAYERS];
    Tensor layerRememberedStateMaxShared = state(32);
    layerBackward1Task = this::layerBackward1;
    for (int layer : LAYER_LAYERS) {
      layerV3[layer] = kept(layerV3Shared, 32);
      layerV4[layer] = kept(layerV4Shared, 32);
      layerRememberedState[layer] = stateOf(layerRememberedStateShared);
      layerRememberedStateMax[layer] = stateOf(layerRememberedStateMaxShared);
    }
  }

  private void forwardLayer(int layer) {
    this.layer = layer;
    // remembered = memory(x, x, x, x, x)    small.swax:1
    recur(MEMORY, List.of(stream[layer], stream[layer], stream[layer], stream[layer], stream[layer]), List.of(stream[layer + 1], layerV3[layer], layerV4[layer]), List.of(layerRememberedState[layer], layerRememberedStateMax[layer]));
  }

  private void backwardLayer(int layer) {
    this.layer = layer;
    // v5 = memoryGradient(x, x, x, x, x, remembered, v3, v4, dy)    small.swax:1
    recurGradient(MEMORY, List.of(stream[layer], stream[layer], stream[layer], stream[layer], stream[layer]), List.of(stream[layer + 1], layerV3[layer], layerV4[layer]), gradient[(layer + 1) & 1], List.of(layerV5Scratch, layerV6Scratch, layerV7Scratch, layerV8Scratch, layerV9Scratch));
    // d_x, from small.swax:1.
    kernels.rows(rows, layerBackward1Task);
  }

  /**
   * d_x, from small.swax:1.
   */
  private void layerBackward1(int part, int from, int to) {
    MemorySegment v5In = layerV5Scratch.segment();
    MemorySegment v6In = layerV6Scratch.segment();
    MemorySegment v7In = layerV7Scratch.segment();
    MemorySegment v8In = layerV8Scratch.segment();
    MemorySegment v9In = layerV9Scratch.segment();
    MemorySegment dXOut = gradient[layer & 1].segment();
    for (int row = from; row < to; row++) {
      long at = (long) row * 32 * Float.BYTES;
      for (int c = 0; c < 32; c += LANES) {
        FloatVector v5 = FloatVector.fromMemorySegment(SPECIES, v5In, at + (long) c * Float.BYTES, ORDER);
        FloatVector v6 = FloatVector.fromMemorySegment(SPECIES, v6In, at + (long) c * Float.BYTES, ORDER);
        FloatVector v10 = v5.add(v6);
        FloatVector v7 = FloatVector.fromMemorySegment(SPECIES, v7In, at + (long) c * Float.BYTES, ORDER);
        FloatVector v11 = v10.add(v7);
        FloatVector v8 = FloatVector.fromMemorySegment(SPECIES, v8In, at + (long) c * Float.BYTES, ORDER);
        FloatVector v12 = v11.add(v8);
        FloatVector v9 = FloatVector.fromMemorySegment(SPECIES, v9In, at + (long) c * Float.BYTES, ORDER);
        FloatVector dX = v12.add(v9);
        dX.intoMemorySegment(dXOut, at + (long) c * Float.BYTES, ORDER);
      }
    }
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
  }
