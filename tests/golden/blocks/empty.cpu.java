  private RowTask layerForward1Task;
  private RowTask layerBackward1Task;

  private void allocateLayer() {
    layerForward1Task = this::layerForward1;
    layerBackward1Task = this::layerBackward1;
    for (int layer : LAYER_LAYERS) {
    }
  }

  private void forwardLayer(int layer) {
    this.layer = layer;
    // y, from small.swax:1.
    kernels.rows(rows, layerForward1Task);
  }

  /**
   * y, from small.swax:1.
   */
  private void layerForward1(int part, int from, int to) {
    MemorySegment xIn = stream[layer].segment();
    MemorySegment v2Out = stream[layer + 1].segment();
    for (int row = from; row < to; row++) {
      long at = (long) row * 32 * Float.BYTES;
      for (int c = 0; c < 32; c += LANES) {
        FloatVector x = FloatVector.fromMemorySegment(SPECIES, xIn, at + (long) c * Float.BYTES, ORDER);
        FloatVector v2 = x.mul(1.0f);
        v2.intoMemorySegment(v2Out, at + (long) c * Float.BYTES, ORDER);
      }
    }
  }

  private void backwardLayer(int layer) {
    this.layer = layer;
    // dx.
    kernels.rows(rows, layerBackward1Task);
  }

  /**
   * dx.
   */
  private void layerBackward1(int part, int from, int to) {
    MemorySegment dyIn = gradient[(layer + 1) & 1].segment();
    MemorySegment v2Out = gradient[layer & 1].segment();
    for (int row = from; row < to; row++) {
      long at = (long) row * 32 * Float.BYTES;
      for (int c = 0; c < 32; c += LANES) {
        FloatVector dy = FloatVector.fromMemorySegment(SPECIES, dyIn, at + (long) c * Float.BYTES, ORDER);
        FloatVector v2 = dy.mul(1.0f);
        v2.intoMemorySegment(v2Out, at + (long) c * Float.BYTES, ORDER);
      }
    }
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
  }
