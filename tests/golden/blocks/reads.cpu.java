  /**
   * The layer that each layer of reader reads.
   */
  private static final int[] READER_V_FROM = {-1, 0, 0};
  /**
   * v of each layer that lets later layers read it.
   */
  private Tensor[] exportV;
  private Tensor[] exportVGradient;

  private void allocateExports() {
    exportV = new Tensor[LAYERS];
    exportVGradient = new Tensor[LAYERS];
    for (int layer : SOURCE_LAYERS) {
      exportV[layer] = keep(32);
      exportVGradient[layer] = readGradient(32);
    }
  }

  private void forwardSource(int layer) {
    this.layer = layer;
    // v = matMul(x, w)    small.swax:1
    kernels.matmul(stream[layer], sourceWWeight[layer], exportV[layer], rows, 32, 32, false);
    // y, from small.swax:1.
    kernels.rows(rows, sourceForward1Task);
  }

  /**
   * y, from small.swax:1.
   */
  private void sourceForward1(int part, int from, int to) {
    MemorySegment xIn = stream[layer].segment();
    MemorySegment vIn = exportV[layer].segment();
    MemorySegment v3Out = stream[layer + 1].segment();
    for (int row = from; row < to; row++) {
      long at = (long) row * 32 * Float.BYTES;
      for (int c = 0; c < 32; c += LANES) {
        FloatVector x = FloatVector.fromMemorySegment(SPECIES, xIn, at + (long) c * Float.BYTES, ORDER);
        FloatVector v = FloatVector.fromMemorySegment(SPECIES, vIn, at + (long) c * Float.BYTES, ORDER);
        FloatVector v3 = x.mul(v);
        v3.intoMemorySegment(v3Out, at + (long) c * Float.BYTES, ORDER);
      }
    }
  }

  /**
   * d_v, from small.swax:1.
   */
  private void sourceBackward1(int part, int from, int to) {
    MemorySegment dyIn = gradient[(layer + 1) & 1].segment();
    MemorySegment xIn = stream[layer].segment();
    MemorySegment dVReadIn = exportVGradient[layer].segment();
    MemorySegment dVOut = sourceDVScratch.segment();
    for (int row = from; row < to; row++) {
      long at = (long) row * 32 * Float.BYTES;
      for (int c = 0; c < 32; c += LANES) {
        FloatVector dVRead = FloatVector.fromMemorySegment(SPECIES, dVReadIn, at + (long) c * Float.BYTES, ORDER);
        FloatVector dy = FloatVector.fromMemorySegment(SPECIES, dyIn, at + (long) c * Float.BYTES, ORDER);
        FloatVector x = FloatVector.fromMemorySegment(SPECIES, xIn, at + (long) c * Float.BYTES, ORDER);
        FloatVector v6 = dy.mul(x);
        FloatVector dV = dVRead.add(v6);
        dV.intoMemorySegment(dVOut, at + (long) c * Float.BYTES, ORDER);
      }
    }
  }

  /**
   * d_x, from small.swax:1.
   */
  private void sourceBackward2(int part, int from, int to) {
    MemorySegment dyIn = gradient[(layer + 1) & 1].segment();
    MemorySegment vIn = exportV[layer].segment();
    MemorySegment v8In = sourceV8Scratch.segment();
    MemorySegment dXOut = gradient[layer & 1].segment();
    for (int row = from; row < to; row++) {
      long at = (long) row * 32 * Float.BYTES;
      for (int c = 0; c < 32; c += LANES) {
        FloatVector dy = FloatVector.fromMemorySegment(SPECIES, dyIn, at + (long) c * Float.BYTES, ORDER);
        FloatVector v = FloatVector.fromMemorySegment(SPECIES, vIn, at + (long) c * Float.BYTES, ORDER);
        FloatVector v5 = dy.mul(v);
        FloatVector v8 = FloatVector.fromMemorySegment(SPECIES, v8In, at + (long) c * Float.BYTES, ORDER);
        FloatVector dX = v5.add(v8);
        dX.intoMemorySegment(dXOut, at + (long) c * Float.BYTES, ORDER);
      }
    }
  }

  /**
   * y, from small.swax:1.
   */
  private void readerForward1(int part, int from, int to) {
    MemorySegment xIn = stream[layer].segment();
    MemorySegment vIn = exportV[READER_V_FROM[layer]].segment();
    MemorySegment v2Out = stream[layer + 1].segment();
    for (int row = from; row < to; row++) {
      long at = (long) row * 32 * Float.BYTES;
      for (int c = 0; c < 32; c += LANES) {
        FloatVector x = FloatVector.fromMemorySegment(SPECIES, xIn, at + (long) c * Float.BYTES, ORDER);
        FloatVector v = FloatVector.fromMemorySegment(SPECIES, vIn, at + (long) c * Float.BYTES, ORDER);
        FloatVector v2 = x.mul(v);
        v2.intoMemorySegment(v2Out, at + (long) c * Float.BYTES, ORDER);
      }
    }
  }

  /**
   * d_x, v6, from small.swax:1.
   */
  private void readerBackward1(int part, int from, int to) {
    MemorySegment dyIn = gradient[(layer + 1) & 1].segment();
    MemorySegment vIn = exportV[READER_V_FROM[layer]].segment();
    MemorySegment xIn = stream[layer].segment();
    MemorySegment dVSoFarIn = exportVGradient[READER_V_FROM[layer]].segment();
    MemorySegment dXOut = gradient[layer & 1].segment();
    MemorySegment v6Out = exportVGradient[READER_V_FROM[layer]].segment();
    for (int row = from; row < to; row++) {
      long at = (long) row * 32 * Float.BYTES;
      for (int c = 0; c < 32; c += LANES) {
        FloatVector dy = FloatVector.fromMemorySegment(SPECIES, dyIn, at + (long) c * Float.BYTES, ORDER);
        FloatVector v = FloatVector.fromMemorySegment(SPECIES, vIn, at + (long) c * Float.BYTES, ORDER);
        FloatVector dX = dy.mul(v);
        dX.intoMemorySegment(dXOut, at + (long) c * Float.BYTES, ORDER);
        FloatVector dVSoFar = FloatVector.fromMemorySegment(SPECIES, dVSoFarIn, at + (long) c * Float.BYTES, ORDER);
        FloatVector x = FloatVector.fromMemorySegment(SPECIES, xIn, at + (long) c * Float.BYTES, ORDER);
        FloatVector dV = dy.mul(x);
        FloatVector v6 = dVSoFar.add(dV);
        v6.intoMemorySegment(v6Out, at + (long) c * Float.BYTES, ORDER);
      }
    }
  }
