  private void allocateLayer() {
    for (int layer : LAYER_LAYERS) {
    }
  }

  private void forwardLayer(int layer) {
    this.layer = layer;
    // rotated = rope(x)    small.swax:1
    kernels.rope(stream[layer], stream[layer + 1], batch, time, 4, 8, 10000.0, firstPosition(), false);
  }

  private void backwardLayer(int layer) {
    this.layer = layer;
    // d_x = rope(dy)    small.swax:1
    kernels.rope(gradient[(layer + 1) & 1], gradient[layer & 1], batch, time, 4, 8, 10000.0, firstPosition(), true);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
  }
