  private static final ConvShape CONV = new ConvShape(32, 3);
  private Tensor[] layerWWeight;
  private Tensor[] layerWGradient;
  private Tensor[] layerRememberedLast;

  private void allocateLayer() {
    layerWWeight = new Tensor[LAYERS];
    layerWGradient = new Tensor[LAYERS];
    layerRememberedLast = new Tensor[LAYERS];
    Tensor layerRememberedLastShared = state(64);
    for (int layer : LAYER_LAYERS) {
      layerWWeight[layer] = parameters.get("layers." + layer + ".w").value();
      layerWGradient[layer] = parameters.get("layers." + layer + ".w").gradient();
      layerRememberedLast[layer] = stateOf(layerRememberedLastShared);
    }
  }

  private void forwardLayer(int layer) {
    this.layer = layer;
    // remembered = conv(x, w)    small.swax:1
    recur(CONV, List.of(stream[layer], layerWWeight[layer]), List.of(stream[layer + 1]), List.of(layerRememberedLast[layer]));
  }

  private void backwardLayer(int layer) {
    this.layer = layer;
    // d_x = convGradient(x, w, remembered, dy)    small.swax:1
    recurGradient(CONV, List.of(stream[layer], layerWWeight[layer]), List.of(stream[layer + 1]), gradient[(layer + 1) & 1], List.of(gradient[layer & 1], layerWGradient[layer]));
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
    specs.add(new ParameterSpec(layer + "w", 3, 32, new Initializer.Constant(1.0), true));
  }
