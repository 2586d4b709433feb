  // in Small:
    partials = new Tensor[2];

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
    MemorySegment v5Out = stream[layer + 1].segment();
    MemorySegment v1Row = partials[0].segment();
    for (int row = from; row < to; row++) {
      long at = (long) row * 32 * Float.BYTES;
      long own = (long) part * 32 * Float.BYTES;
      sigmoidRow(xIn, at, v1Row, own, 32);
      for (int c = 0; c < 32; c += LANES) {
        FloatVector x = FloatVector.fromMemorySegment(SPECIES, xIn, at + (long) c * Float.BYTES, ORDER);
        FloatVector v1 = FloatVector.fromMemorySegment(SPECIES, v1Row, own + (long) c * Float.BYTES, ORDER);
        FloatVector v2 = x.mul(v1);
        FloatVector v4 = FloatVector.fromMemorySegment(SPECIES, wIn, (long) c * Float.BYTES, ORDER);
        FloatVector v5 = v2.mul(v4);
        v5.intoMemorySegment(v5Out, at + (long) c * Float.BYTES, ORDER);
      }
    }
  }

  private void backwardLayer(int layer) {
    this.layer = layer;
    // gradient of w, d_x, from small.swax:1.
    kernels.rows(rows, layerBackward1Task);
    kernels.addParts(partials[0], kernels.rowParts(rows), 32, layerWGradient[layer]);
  }

  /**
   * gradient of w, d_x, from small.swax:1.
   */
  private void layerBackward1(int part, int from, int to) {
    MemorySegment xIn = stream[layer].segment();
    MemorySegment dyIn = gradient[(layer + 1) & 1].segment();
    MemorySegment wIn = layerWWeight[layer].segment();
    MemorySegment dXOut = gradient[layer & 1].segment();
    MemorySegment partial1 = partials[0].segment();
    RowMath.clear(partial1, (long) part * 32, 32);
    MemorySegment v1Row = partials[1].segment();
    for (int row = from; row < to; row++) {
      long at = (long) row * 32 * Float.BYTES;
      long own = (long) part * 32 * Float.BYTES;
      sigmoidRow(xIn, at, v1Row, own, 32);
      for (int c = 0; c < 32; c += LANES) {
        FloatVector dy = FloatVector.fromMemorySegment(SPECIES, dyIn, at + (long) c * Float.BYTES, ORDER);
        FloatVector v4 = FloatVector.fromMemorySegment(SPECIES, wIn, (long) c * Float.BYTES, ORDER);
        FloatVector v6 = dy.mul(v4);
        FloatVector v1 = FloatVector.fromMemorySegment(SPECIES, v1Row, own + (long) c * Float.BYTES, ORDER);
        FloatVector v9 = v6.mul(v1);
        FloatVector x = FloatVector.fromMemorySegment(SPECIES, xIn, at + (long) c * Float.BYTES, ORDER);
        FloatVector v10 = v6.mul(x);
        FloatVector v11 = FloatVector.broadcast(SPECIES, 1.0f);
        FloatVector v12 = v11.sub(v1);
        FloatVector v13 = v1.mul(v12);
        FloatVector v14 = v10.mul(v13);
        FloatVector dX = v9.add(v14);
        dX.intoMemorySegment(dXOut, at + (long) c * Float.BYTES, ORDER);
        FloatVector v2 = x.mul(v1);
        FloatVector v7 = dy.mul(v2);
        FloatVector v8Sum = FloatVector.fromMemorySegment(SPECIES, partial1, own + (long) c * Float.BYTES, ORDER);
        FloatVector v8 = v8Sum.add(v7);
        v8.intoMemorySegment(partial1, own + (long) c * Float.BYTES, ORDER);
      }
    }
  }

  /**
   * The sigmoid of a row of floats; positions are in bytes.
   */
  private static void sigmoidRow(MemorySegment in, long from, MemorySegment out, long to,
      int columns) {
    int c = 0;
    for (; c < SPECIES.loopBound(columns); c += LANES) {
      FloatVector x = FloatVector.fromMemorySegment(SPECIES, in, from + (long) c * Float.BYTES, ORDER);
      VectorMath.sigmoid(x).intoMemorySegment(out, to + (long) c * Float.BYTES, ORDER);
    }
    for (; c < columns; c++) {
      float x = in.get(FLOAT, from + (long) c * Float.BYTES);
      out.set(FLOAT, to + (long) c * Float.BYTES, VectorMath.sigmoid(x));
    }
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "w", 1, 32, new Initializer.Constant(1.0), false));
  }
