  // in Small:
    scratch = keep(128);

  private static final AttentionShape ATTENTION = new AttentionShape(4, 4, 8, 8, 0.5, 50.0, true, 8);
  private static final Rotation ROTATION = new Rotation(8, 4, 10000.0, Rotation.Pairs.HALF, new RopeScaling.Yarn(32.0, 4096.0, 32.0, 1.0, false, 1.25));
  private Tensor[] layerSinksWeight;
  private Tensor[] layerSinksGradient;
  private Tensor[] layerRotated;
  private Tensor[] layerV5;
  private Tensor layerV11Scratch;
  private Tensor layerV7Scratch;
  private Tensor layerV8Scratch;
  private Tensor layerV10Scratch;
  private KeyCache[] layerAttendedCache;
  private RowTask layerBackward1Task;
  private RowTask layerBackward2Task;

  private void allocateLayer() {
    layerSinksWeight = new Tensor[LAYERS];
    layerSinksGradient = new Tensor[LAYERS];
    layerRotated = new Tensor[LAYERS];
    Tensor layerRotatedShared = shared(32);
    layerV5 = new Tensor[LAYERS];
    Tensor layerV5Shared = shared(4);
    layerV11Scratch = scratch.slice((long) 0 * capacity, (long) 32 * capacity);
    layerV7Scratch = scratch.slice((long) 32 * capacity, (long) 32 * capacity);
    layerV8Scratch = scratch.slice((long) 64 * capacity, (long) 32 * capacity);
    layerV10Scratch = scratch.slice((long) 96 * capacity, (long) 32 * capacity);
    layerAttendedCache = new KeyCache[LAYERS];
    layerBackward1Task = this::layerBackward1;
    layerBackward2Task = this::layerBackward2;
    for (int layer : LAYER_LAYERS) {
      layerSinksWeight[layer] = parameters.get("layers." + layer + ".sinks").value();
      layerSinksGradient[layer] = parameters.get("layers." + layer + ".sinks").gradient();
      layerRotated[layer] = kept(layerRotatedShared, 32);
      layerV5[layer] = kept(layerV5Shared, 4);
      layerAttendedCache[layer] = keyCache(32);
    }
  }

  private void forwardLayer(int layer) {
    this.layer = layer;
    // rotated = rope(x)    small.swax:1
    rope(stream[layer], layerRotated[layer], 4, ROTATION, false);
    // attended = attention(rotated, x, x, sinks)    small.swax:1
    attend(new AttentionCall(ATTENTION, band(-1), layerRotated[layer], stream[layer], stream[layer], layerSinksWeight[layer], stream[layer + 1], layerV5[layer]), layerAttendedCache[layer]);
  }

  private void backwardLayer(int layer) {
    this.layer = layer;
    // d_rotated = attentionGradient(rotated, x, x, sinks, attended, v5, dy)    small.swax:1
    kernels.attentionGradient(new AttentionGradientCall(new AttentionCall(ATTENTION, band(-1), layerRotated[layer], stream[layer], stream[layer], layerSinksWeight[layer], stream[layer + 1], layerV5[layer]), gradient[(layer + 1) & 1], layerV11Scratch, layerV7Scratch, layerV8Scratch, layerSinksGradient[layer]));
    // v10, from small.swax:1.
    kernels.rows(rows, layerBackward1Task);
    // v11 = rope(d_rotated)    small.swax:1
    rope(layerV11Scratch, layerV11Scratch, 4, ROTATION, true);
    // d_x, from small.swax:1.
    kernels.rows(rows, layerBackward2Task);
  }

  /**
   * v10, from small.swax:1.
   */
  private void layerBackward1(int part, int from, int to) {
    MemorySegment v7In = layerV7Scratch.segment();
    MemorySegment v8In = layerV8Scratch.segment();
    MemorySegment v10Out = layerV10Scratch.segment();
    for (int row = from; row < to; row++) {
      long at = (long) row * 32 * Float.BYTES;
      for (int c = 0; c < 32; c += LANES) {
        FloatVector v7 = FloatVector.fromMemorySegment(SPECIES, v7In, at + (long) c * Float.BYTES, ORDER);
        FloatVector v8 = FloatVector.fromMemorySegment(SPECIES, v8In, at + (long) c * Float.BYTES, ORDER);
        FloatVector v10 = v7.add(v8);
        v10.intoMemorySegment(v10Out, at + (long) c * Float.BYTES, ORDER);
      }
    }
  }

  /**
   * d_x, from small.swax:1.
   */
  private void layerBackward2(int part, int from, int to) {
    MemorySegment v10In = layerV10Scratch.segment();
    MemorySegment v11In = layerV11Scratch.segment();
    MemorySegment dXOut = gradient[layer & 1].segment();
    for (int row = from; row < to; row++) {
      long at = (long) row * 32 * Float.BYTES;
      for (int c = 0; c < 32; c += LANES) {
        FloatVector v10 = FloatVector.fromMemorySegment(SPECIES, v10In, at + (long) c * Float.BYTES, ORDER);
        FloatVector v11 = FloatVector.fromMemorySegment(SPECIES, v11In, at + (long) c * Float.BYTES, ORDER);
        FloatVector dX = v10.add(v11);
        dX.intoMemorySegment(dXOut, at + (long) c * Float.BYTES, ORDER);
      }
    }
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "sinks", 1, 4, new Initializer.Constant(1.0), false));
  }
