  private void headForward() {
    TaskGraph graph = begin("headForward");
    graph.task("headForward1", Small::headForward1, context, control, weights, stream, kept, scratch);
    grid("headForward1", parts());
    graph.task("headForwardLogits", Small::headForwardLogits, context, control, weights, scratch, logits);
    grid("headForwardLogits", MatmulKernels.grid(capacity, 64));
    graph.task("headForwardLosses", Small::headForwardLosses, context, control, kept, targets, losses, logits);
    grid("headForwardLosses", CrossEntropyKernels.grid(capacity));
    end(graph);
  }

  /**
   * losses = crossEntropy(logits), from small.swax:1.
   */
  public static void headForwardLosses(KernelContext context, IntArray control, FloatArray kept,
      IntArray targets, FloatArray losses, FloatArray logits) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    CrossEntropyKernels.loss(context, logits, 0, targets, 0, losses, 0, kept, keptFrom + capacity, rows, 64);
  }

  private void headBackward() {
    TaskGraph graph = begin("headBackward");
    graph.task("headBackwardDLogits", Small::headBackwardDLogits, context, control, settings, kept, targets, logits);
    grid("headBackwardDLogits", CrossEntropyKernels.grid(capacity));
    graph.task("headBackwardDNorm", Small::headBackwardDNorm, context, control, weights, scratch, logits);
    grid("headBackwardDNorm", MatmulKernels.grid(capacity, 32));
    graph.task("headBackward1", Small::headBackward1, context, control, weights, stream, streamGradient, kept, scratch, partials);
    grid("headBackward1", parts());
    graph.task("headBackward1Sum", Small::headBackward1Sum, context, control, gradients, partials);
    grid("headBackward1Sum", RowKernels.grid(32));
    graph.task("headBackwardV13Parts", Small::headBackwardV13Parts, context, control, scratch, workspace, logits);
    grid("headBackwardV13Parts", MatmulKernels.grid(32, 64, MatmulKernels.parts(32, capacity, 64)));
    graph.task("headBackwardV13", Small::headBackwardV13, context, control, gradients, workspace);
    grid("headBackwardV13", RowKernels.grid(2048));
    end(graph);
  }

  /**
   * d_logits = crossEntropyGradient(logits, v16), from small.swax:1.
   */
  public static void headBackwardDLogits(KernelContext context, IntArray control,
      FloatArray settings, FloatArray kept, IntArray targets, FloatArray logits) {
    int rows = control.get(ROWS);
    int capacity = control.get(CAPACITY);
    int keptFrom = control.get(KEPT_FROM);
    CrossEntropyKernels.gradient(context, logits, 0, targets, 0, kept, keptFrom + capacity, logits, 0, settings, SCALE, rows, 64);
  }
