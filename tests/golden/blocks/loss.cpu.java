  private void forwardHead() {
    // v8, norm, from parts.swax:97.
    kernels.rows(rows, headForward1Task);
    // logits = matMul(norm, head)    small.swax:1
    kernels.matmul(headNormScratch, headHeadWeight, logits, rows, 32, 64, false);
    // losses = crossEntropy(logits)    small.swax:1
    kernels.crossEntropy(logits, targets, losses, headV16, rows, 64);
  }

  private void backwardHead() {
    // d_logits = crossEntropyGradient(logits, v16)    small.swax:1
    lossGradient(logits, headV16, logits, 64);
    // d_norm = matMul(d_logits, head)    small.swax:1
    kernels.matmulTransposedRight(logits, headHeadWeight, headDNormScratch, rows, 64, 32, false);
    // norm, gradient of norm, d_x, from parts.swax:97.
    kernels.rows(rows, headBackward1Task);
    kernels.addParts(partials[0], kernels.rowParts(rows), 32, headNormGradient);
    // gradient of head = matMul(norm, d_logits)    small.swax:1
    kernels.matmulTransposedLeft(headNorm2Scratch, logits, headHeadGradient, 32, rows, 64, true);
  }
