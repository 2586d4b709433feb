  private Tensor[] layerWWeight;
  private Tensor[] layerWGradient;

  private void allocateLayer() {
    layerWWeight = new Tensor[LAYERS];
    layerWGradient = new Tensor[LAYERS];
    for (int layer : LAYER_LAYERS) {
      layerWWeight[layer] = parameters.get("layers." + layer + ".w").value();
      layerWGradient[layer] = parameters.get("layers." + layer + ".w").gradient();
    }
  }

  private void forwardLayer(int layer) {
    this.layer = layer;
    // product = matMul(x, w)    small.swax:1
    kernels.matmul(stream[layer], layerWWeight[layer], stream[layer + 1], rows, 32, 32, false);
  }

  private void backwardLayer(int layer) {
    this.layer = layer;
    // d_x = matMul(dy, w)    small.swax:1
    kernels.matmulTransposedRight(gradient[(layer + 1) & 1], layerWWeight[layer], gradient[layer & 1], rows, 32, 32, false);
    // gradient of w = matMul(x, dy)    small.swax:1
    kernels.matmulTransposedLeft(stream[layer], gradient[(layer + 1) & 1], layerWGradient[layer], 32, rows, 32, true);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "w", 32, 32, new Initializer.Constant(1.0), true, 1));
  }
