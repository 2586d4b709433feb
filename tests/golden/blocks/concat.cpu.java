  private Tensor[] layerWWeight;
  private Tensor[] layerWGradient;
  private Tensor[] layerVWeight;
  private Tensor[] layerVGradient;
  private Tensor layerFewScratch;
  private Tensor layerMoreScratch;
  private Tensor layerDFewScratch;
  private Tensor layerDMoreScratch;

  private void allocateLayer() {
    layerWWeight = new Tensor[LAYERS];
    layerWGradient = new Tensor[LAYERS];
    layerVWeight = new Tensor[LAYERS];
    layerVGradient = new Tensor[LAYERS];
    layerFewScratch = scratch.slice((long) 0 * capacity, (long) 12 * capacity);
    layerMoreScratch = scratch.slice((long) 12 * capacity, (long) 20 * capacity);
    layerDFewScratch = scratch.slice((long) 0 * capacity, (long) 12 * capacity);
    layerDMoreScratch = scratch.slice((long) 12 * capacity, (long) 20 * capacity);
    for (int layer : LAYER_LAYERS) {
      layerWWeight[layer] = parameters.get("layers." + layer + ".w").value();
      layerWGradient[layer] = parameters.get("layers." + layer + ".w").gradient();
      layerVWeight[layer] = parameters.get("layers." + layer + ".v").value();
      layerVGradient[layer] = parameters.get("layers." + layer + ".v").gradient();
    }
  }

  private void forwardLayer(int layer) {
    this.layer = layer;
    // few = matMul(x, w)    small.swax:1
    kernels.matmul(stream[layer], layerWWeight[layer], layerFewScratch, rows, 32, 12, false);
    // more = matMul(x, v)    small.swax:1
    kernels.matmul(stream[layer], layerVWeight[layer], layerMoreScratch, rows, 32, 20, false);
    // both = concat(few, more)    small.swax:1
    kernels.copyColumns(layerFewScratch, stream[layer + 1], rows, 2, 6, 0, 16, 0, 6);
    kernels.copyColumns(layerMoreScratch, stream[layer + 1], rows, 2, 10, 0, 16, 6, 10);
  }

  private void backwardLayer(int layer) {
    this.layer = layer;
    // d_few = slice(dy)    small.swax:1
    kernels.copyColumns(gradient[(layer + 1) & 1], layerDFewScratch, rows, 2, 16, 0, 6, 0, 6);
    // d_more = slice(dy)    small.swax:1
    kernels.copyColumns(gradient[(layer + 1) & 1], layerDMoreScratch, rows, 2, 16, 6, 10, 0, 10);
    // v6 = matMul(d_more, v)    small.swax:1
    kernels.matmulTransposedRight(layerDMoreScratch, layerVWeight[layer], gradient[layer & 1], rows, 20, 32, false);
    // gradient of v = matMul(x, d_more)    small.swax:1
    kernels.matmulTransposedLeft(stream[layer], layerDMoreScratch, layerVGradient[layer], 32, rows, 20, true);
    // gradient of w = matMul(x, d_few)    small.swax:1
    kernels.matmulTransposedLeft(stream[layer], layerDFewScratch, layerWGradient[layer], 32, rows, 12, true);
    // d_x = matMulAdd(v6, d_few, w)    small.swax:1
    kernels.matmulTransposedRight(layerDFewScratch, layerWWeight[layer], gradient[layer & 1], rows, 12, 32, true);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "w", 32, 12, new Initializer.Constant(1.0), true, 1));
    specs.add(new ParameterSpec(layer + "v", 32, 20, new Initializer.Constant(1.0), true, 1));
  }
