  // in Small:
    scratch = keep(96);

  private static final AttentionShape ATTENTION = new AttentionShape(4, 4, 8);
  private Tensor[] layerV3;
  private Tensor layerV4Scratch;
  private Tensor layerV5Scratch;
  private Tensor layerV6Scratch;
  private KeyCache[] layerAttendedCache;
  private RowTask layerBackward1Task;

  private void allocateLayer() {
    layerV3 = new Tensor[LAYERS];
    Tensor layerV3Shared = shared(4);
    layerV4Scratch = scratch.slice((long) 0 * capacity, (long) 32 * capacity);
    layerV5Scratch = scratch.slice((long) 32 * capacity, (long) 32 * capacity);
    layerV6Scratch = scratch.slice((long) 64 * capacity, (long) 32 * capacity);
    layerAttendedCache = new KeyCache[LAYERS];
    layerBackward1Task = this::layerBackward1;
    for (int layer : LAYER_LAYERS) {
      layerV3[layer] = kept(layerV3Shared, 4);
      layerAttendedCache[layer] = keyCache(32);
    }
  }

  private void forwardLayer(int layer) {
    this.layer = layer;
    // attended = attention(x, x, x)    small.swax:1
    attend(new AttentionCall(ATTENTION, band(0), stream[layer], stream[layer], stream[layer], stream[layer + 1], layerV3[layer]), layerAttendedCache[layer]);
  }

  private void backwardLayer(int layer) {
    this.layer = layer;
    // v4 = attentionGradient(x, x, x, attended, v3, dy)    small.swax:1
    kernels.attentionGradient(new AttentionGradientCall(new AttentionCall(ATTENTION, band(0), stream[layer], stream[layer], stream[layer], stream[layer + 1], layerV3[layer]), gradient[(layer + 1) & 1], layerV4Scratch, layerV5Scratch, layerV6Scratch));
    // d_x, from small.swax:1.
    kernels.rows(rows, layerBackward1Task);
  }

  /**
   * d_x, from small.swax:1.
   */
  private void layerBackward1(int part, int from, int to) {
    MemorySegment v4In = layerV4Scratch.segment();
    MemorySegment v5In = layerV5Scratch.segment();
    MemorySegment v6In = layerV6Scratch.segment();
    MemorySegment dXOut = gradient[layer & 1].segment();
    for (int row = from; row < to; row++) {
      long at = (long) row * 32 * Float.BYTES;
      for (int c = 0; c < 32; c += LANES) {
        FloatVector v4 = FloatVector.fromMemorySegment(SPECIES, v4In, at + (long) c * Float.BYTES, ORDER);
        FloatVector v5 = FloatVector.fromMemorySegment(SPECIES, v5In, at + (long) c * Float.BYTES, ORDER);
        FloatVector v7 = v4.add(v5);
        FloatVector v6 = FloatVector.fromMemorySegment(SPECIES, v6In, at + (long) c * Float.BYTES, ORDER);
        FloatVector dX = v7.add(v6);
        dX.intoMemorySegment(dXOut, at + (long) c * Float.BYTES, ORDER);
      }
    }
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
  }
