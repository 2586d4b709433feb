  private static final StepShape STEP = new StepShape(4, 64L, StepProgram.of("operand x each 8\n"
      + "state h each 8 8\n"
      + "product = multiply none x full h full each 1 8\n"
      + "sum = add none product full x full each 1 8\n"
      + "out y sum\n"
      + "out h' sum\n"), StepProgram.of("operand x each 8\n"
      + "state h each 8 8\n"
      + "state d:y each 8 8\n"
      + "state d:h' each 8 8\n"
      + "d = add none d:y full d:h' full each 1 8\n"
      + "product = multiply none d full h full each 1 8\n"
      + "dx = add none product full d full each 1 8\n"
      + "dh = multiply none d full x full each 1 8\n"
      + "out d:x dx\n"
      + "out d:h dh\n"));
  private Tensor[] layerRememberedH;

  private void allocateLayer() {
    layerRememberedH = new Tensor[LAYERS];
    Tensor layerRememberedHShared = state(32);
    for (int layer : LAYER_LAYERS) {
      layerRememberedH[layer] = stateOf(layerRememberedHShared);
    }
  }

  private void forwardLayer(int layer) {
    this.layer = layer;
    // remembered = step(x)    small.swax:1
    recur(STEP, List.of(stream[layer]), List.of(stream[layer + 1]), List.of(layerRememberedH[layer]));
  }

  private void backwardLayer(int layer) {
    this.layer = layer;
    // d_x = stepGradient(x, remembered, dy)    small.swax:1
    recurGradient(STEP, List.of(stream[layer]), List.of(stream[layer + 1]), gradient[(layer + 1) & 1], List.of(gradient[layer & 1]));
  }

  private static void layerParameters(List<ParameterSpec> specs, String layer) {
  }
