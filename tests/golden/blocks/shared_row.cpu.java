  private Tensor[] layerWWeight;
  private Tensor[] layerWGradient;
  private RowTask layerForward1Task;
  private RowTask layerBackward1Task;

  private void allocateLayer() {
    layerWWeight = new Tensor[LAYERS];
    layerWGradient = new Tensor[LAYERS];
    layerForward1Task = this::layerForward1;
    layerBackward1Task = this::layerBackward1;
    for (int layer : LAYER_LAYERS) {
      layerWWeight[layer] = parameters.get("layers." + layer + ".w").value();
      layerWGradient[layer] = parameters.get("layers." + layer + ".w").gradient();
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
    MemorySegment wIn = layerWWeight[layer].segment();
    MemorySegment v3Out = stream[layer + 1].segment();
    for (int row = from; row < to; row++) {
      for (int group = 0; group < 4; group++) {
        int first = group * 8;
        long at = ((long) row * 32 + first) * Float.BYTES;
        for (int c = 0; c < SPECIES.loopBound(8); c += LANES) {
          FloatVector x = FloatVector.fromMemorySegment(SPECIES, xIn, at + (long) c * Float.BYTES, ORDER);
          FloatVector v2 = FloatVector.fromMemorySegment(SPECIES, wIn, (long) c * Float.BYTES, ORDER);
          FloatVector v3 = x.mul(v2);
          v3.intoMemorySegment(v3Out, at + (long) c * Float.BYTES, ORDER);
        }
        for (int c = SPECIES.loopBound(8); c < 8; c++) {
          float x = xIn.get(FLOAT, at + (long) c * Float.BYTES);
          float v2 = wIn.get(FLOAT, (long) c * Float.BYTES);
          float v3 = x * v2;
          v3Out.set(FLOAT, at + (long) c * Float.BYTES, v3);
        }
      }
    }
  }

  private void backwardLayer(int layer) {
    this.layer = layer;
    // d_x, gradient of w, from small.swax:1.
    kernels.rows(rows, layerBackward1Task);
    kernels.addParts(partials[0], kernels.rowParts(rows), 8, layerWGradient[layer]);
  }

  /**
   * d_x, gradient of w, from small.swax:1.
   */
  private void layerBackward1(int part, int from, int to) {
    MemorySegment dyIn = gradient[(layer + 1) & 1].segment();
    MemorySegment wIn = layerWWeight[layer].segment();
    MemorySegment xIn = stream[layer].segment();
    MemorySegment dXOut = gradient[layer & 1].segment();
    MemorySegment partial1 = partials[0].segment();
    RowMath.clear(partial1, (long) part * 8, 8);
    for (int row = from; row < to; row++) {
      for (int group = 0; group < 4; group++) {
        int first = group * 8;
        long at = ((long) row * 32 + first) * Float.BYTES;
        long own = ((long) part * 32 + first) * Float.BYTES;
        for (int c = 0; c < SPECIES.loopBound(8); c += LANES) {
          FloatVector dy = FloatVector.fromMemorySegment(SPECIES, dyIn, at + (long) c * Float.BYTES, ORDER);
          FloatVector v2 = FloatVector.fromMemorySegment(SPECIES, wIn, (long) c * Float.BYTES, ORDER);
          FloatVector dX = dy.mul(v2);
          dX.intoMemorySegment(dXOut, at + (long) c * Float.BYTES, ORDER);
          FloatVector x = FloatVector.fromMemorySegment(SPECIES, xIn, at + (long) c * Float.BYTES, ORDER);
          FloatVector v5 = dy.mul(x);
          FloatVector v6Sum = FloatVector.fromMemorySegment(SPECIES, partial1, ((long) part * 8 + c) * Float.BYTES, ORDER);
          FloatVector v6 = v6Sum.add(v5);
          v6.intoMemorySegment(partial1, ((long) part * 8 + c) * Float.BYTES, ORDER);
        }
        for (int c = SPECIES.loopBound(8); c < 8; c++) {
          float dy = dyIn.get(FLOAT, at + (long) c * Float.BYTES);
          float v2 = wIn.get(FLOAT, (long) c * Float.BYTES);
          float dX = dy * v2;
          dXOut.set(FLOAT, at + (long) c * Float.BYTES, dX);
          float x = xIn.get(FLOAT, at + (long) c * Float.BYTES);
          float v5 = dy * x;
          float v6Sum = partial1.get(FLOAT, ((long) part * 8 + c) * Float.BYTES);
          float v6 = v6Sum + v5;
          partial1.set(FLOAT, ((long) part * 8 + c) * Float.BYTES, v6);
        }
      }
    }
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "w", 1, 8, new Initializer.Constant(1.0), false));
  }
