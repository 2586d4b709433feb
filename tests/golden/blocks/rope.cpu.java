  private static final Rotation ROTATION = new Rotation(8, 8, 10000.0, Rotation.Pairs.INTERLEAVED, new RopeScaling.None());

  private void allocateLayer() {
    for (int layer : LAYER_LAYERS) {
    }
  }

  private void forwardLayer(int layer) {
    this.layer = layer;
    // rotated = rope(x)    small.swax:1
    rope(stream[layer], stream[layer + 1], 4, ROTATION, false);
  }

  private void backwardLayer(int layer) {
    this.layer = layer;
    // d_x = rope(dy)    small.swax:1
    rope(gradient[(layer + 1) & 1], gradient[layer & 1], 4, ROTATION, true);
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
  }
