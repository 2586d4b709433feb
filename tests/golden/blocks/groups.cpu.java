  private Tensor[] layerWWeight;
  private Tensor[] layerWGradient;
  private Tensor layerFewScratch;
  private Tensor layerDFewScratch;

  private void allocateLayer() {
    layerWWeight = new Tensor[LAYERS];
    layerWGradient = new Tensor[LAYERS];
    layerFewScratch = scratch.slice((long) 0 * capacity, (long) 16 * capacity);
    layerDFewScratch = scratch.slice((long) 0 * capacity, (long) 16 * capacity);
    for (int layer : LAYER_LAYERS) {
      layerWWeight[layer] = parameters.get("layers." + layer + ".w").value();
      layerWGradient[layer] = parameters.get("layers." + layer + ".w").gradient();
    }
  }

  private void forwardLayer(int layer) {
    this.layer = layer;
    // few = matMul(x, w)    small.swax:1
    kernels.matmul(stream[layer], layerWWeight[layer], layerFewScratch, rows, 32, 16, false);
    // each = repeat(few)    small.swax:1
    kernels.repeat(layerFewScratch, stream[layer + 1], rows, 2, 2, 8);
  }

  private void backwardLayer(int layer) {
    this.layer = layer;
    // d_few = sumRepeats(dy)    small.swax:1
    kernels.sumRepeats(gradient[(layer + 1) & 1], layerDFewScratch, rows, 2, 2, 8);
    // d_x = matMul(d_few, w)    small.swax:1
    kernels.matmulTransposedRight(layerDFewScratch, layerWWeight[layer], gradient[layer & 1], rows, 16, 32, false);
    // gradient of w = matMul(x, d_few)    small.swax:1
    kernels.matmulTransposedLeft(stream[layer], layerDFewScratch, layerWGradient[layer], 32, rows, 16, true);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "w", 32, 16, new Initializer.Constant(1.0), true, 1));
  }
