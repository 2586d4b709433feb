  // in Small:
    scratch = keep(192);

  private static final DeltaShape DELTA = new DeltaShape(32, 1, 1, 0.5f, true);
  private Tensor layerV3Scratch;
  private Tensor layerV4Scratch;
  private Tensor layerV5Scratch;
  private Tensor layerV6Scratch;
  private Tensor layerV7Scratch;
  private Tensor layerV8Scratch;
  private Tensor[] layerRememberedState;
  private RowTask layerBackward1Task;

  private void allocateLayer() {
    layerV3Scratch = scratch.slice((long) 0 * capacity, (long) 32 * capacity);
    layerV4Scratch = scratch.slice((long) 32 * capacity, (long) 32 * capacity);
    layerV5Scratch = scratch.slice((long) 64 * capacity, (long) 32 * capacity);
    layerV6Scratch = scratch.slice((long) 96 * capacity, (long) 32 * capacity);
    layerV7Scratch = scratch.slice((long) 128 * capacity, (long) 32 * capacity);
    layerV8Scratch = scratch.slice((long) 160 * capacity, (long) 32 * capacity);
    layerRememberedState = new Tensor[LAYERS];
    Tensor layerRememberedStateShared = state(32);
    layerBackward1Task = this::layerBackward1;
    for (int layer : LAYER_LAYERS) {
      layerRememberedState[layer] = stateOf(layerRememberedStateShared);
    }
  }

  private void forwardLayer(int layer) {
    this.layer = layer;
    // remembered = delta(x, x, x, x, x, x)    small.swax:1
    recur(DELTA, List.of(stream[layer], stream[layer], stream[layer], stream[layer], stream[layer], stream[layer]), List.of(stream[layer + 1]), List.of(layerRememberedState[layer]));
  }

  private void backwardLayer(int layer) {
    this.layer = layer;
    // v3 = deltaGradient(x, x, x, x, x, x, remembered, dy)    small.swax:1
    recurGradient(DELTA, List.of(stream[layer], stream[layer], stream[layer], stream[layer], stream[layer], stream[layer]), List.of(stream[layer + 1]), gradient[(layer + 1) & 1], List.of(layerV3Scratch, layerV4Scratch, layerV5Scratch, layerV6Scratch, layerV7Scratch, layerV8Scratch));
    // d_x, from small.swax:1.
    kernels.rows(rows, layerBackward1Task);
  }

  /**
   * d_x, from small.swax:1.
   */
  private void layerBackward1(int part, int from, int to) {
    MemorySegment v3In = layerV3Scratch.segment();
    MemorySegment v4In = layerV4Scratch.segment();
    MemorySegment v5In = layerV5Scratch.segment();
    MemorySegment v6In = layerV6Scratch.segment();
    MemorySegment v7In = layerV7Scratch.segment();
    MemorySegment v8In = layerV8Scratch.segment();
    MemorySegment dXOut = gradient[layer & 1].segment();
    for (int row = from; row < to; row++) {
      long at = (long) row * 32 * Float.BYTES;
      for (int c = 0; c < 32; c += LANES) {
        FloatVector v3 = FloatVector.fromMemorySegment(SPECIES, v3In, at + (long) c * Float.BYTES, ORDER);
        FloatVector v4 = FloatVector.fromMemorySegment(SPECIES, v4In, at + (long) c * Float.BYTES, ORDER);
        FloatVector v9 = v3.add(v4);
        FloatVector v5 = FloatVector.fromMemorySegment(SPECIES, v5In, at + (long) c * Float.BYTES, ORDER);
        FloatVector v10 = v9.add(v5);
        FloatVector v6 = FloatVector.fromMemorySegment(SPECIES, v6In, at + (long) c * Float.BYTES, ORDER);
        FloatVector v11 = v10.add(v6);
        FloatVector v7 = FloatVector.fromMemorySegment(SPECIES, v7In, at + (long) c * Float.BYTES, ORDER);
        FloatVector v12 = v11.add(v7);
        FloatVector v8 = FloatVector.fromMemorySegment(SPECIES, v8In, at + (long) c * Float.BYTES, ORDER);
        FloatVector dX = v12.add(v8);
        dX.intoMemorySegment(dXOut, at + (long) c * Float.BYTES, ORDER);
      }
    }
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
  }
