  private Tensor[] layerWWeight;
  private Tensor[] layerWGradient;
  private Tensor[] layerUWeight;
  private Tensor[] layerUGradient;

  private void allocateLayer() {
    layerWWeight = new Tensor[LAYERS];
    layerWGradient = new Tensor[LAYERS];
    layerUWeight = new Tensor[LAYERS];
    layerUGradient = new Tensor[LAYERS];
    for (int layer : LAYER_LAYERS) {
      layerWWeight[layer] = parameters.get("layers." + layer + ".w").value();
      layerWGradient[layer] = parameters.get("layers." + layer + ".w").gradient();
      layerUWeight[layer] = parameters.get("layers." + layer + ".u").value();
      layerUGradient[layer] = parameters.get("layers." + layer + ".u").gradient();
    }
  }

  private void forwardLayer(int layer) {
    this.layer = layer;
    // first = matMul(x, w)    small.swax:1
    kernels.matmul(stream[layer], layerWWeight[layer], stream[layer + 1], rows, 32, 32, false);
    // y = matMulAdd(first, x, u)    small.swax:1
    kernels.matmulTransposedRight(stream[layer], layerUWeight[layer], stream[layer + 1], rows, 32, 32, true);
  }

  private void backwardLayer(int layer) {
    this.layer = layer;
    // v4 = matMul(dy, u)    small.swax:1
    kernels.matmul(gradient[(layer + 1) & 1], layerUWeight[layer], gradient[layer & 1], rows, 32, 32, false);
    // gradient of u = matMul(dy, x)    small.swax:1
    kernels.matmulTransposedLeft(gradient[(layer + 1) & 1], stream[layer], layerUGradient[layer], 32, rows, 32, true);
    // gradient of w = matMul(x, dy)    small.swax:1
    kernels.matmulTransposedLeft(stream[layer], gradient[(layer + 1) & 1], layerWGradient[layer], 32, rows, 32, true);
    // d_x = matMulAdd(v4, dy, w)    small.swax:1
    kernels.matmulTransposedRight(gradient[(layer + 1) & 1], layerWWeight[layer], gradient[layer & 1], rows, 32, 32, true);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "w", 32, 32, new Initializer.Constant(1.0), true, 1));
    specs.add(new ParameterSpec(layer + "u", 32, 32, new Initializer.Constant(1.0), true, 1));
  }
