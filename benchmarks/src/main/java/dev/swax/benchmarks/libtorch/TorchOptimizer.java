package dev.swax.benchmarks.libtorch;

import dev.swax.benchmarks.training.Sizes;
import java.util.List;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Clipping and AdamW; matrices decay, the rest does not. */
final class TorchOptimizer {
  private final TensorVector all = new TensorVector();
  private final AdamW decayed;
  private final AdamW plain;

  TorchOptimizer(TorchWeights weights) {
    decayed = adamw(weights.decayed(), Sizes.DECAY);
    plain = adamw(weights.plain(), 0);
  }

  private AdamW adamw(List<Tensor> tensors, double decay) {
    var options = new AdamWOptions(Sizes.RATE);
    options.betas().put(0, Sizes.BETA_1).put(1, Sizes.BETA_2);
    options.eps().put(Sizes.OPTIMIZER_EPSILON);
    options.weight_decay().put(decay);
    var group = new TensorVector();
    for (Tensor tensor : tensors) {
      group.push_back(tensor);
      all.push_back(tensor);
    }
    return new AdamW(group, options);
  }

  void clearGradients() {
    decayed.zero_grad();
    plain.zero_grad();
  }

  /** Clips all gradients together and updates; returns their norm before clipping. */
  double step() {
    double norm = torch.clip_grad_norm_(all, Sizes.CLIP);
    decayed.step();
    plain.step();
    return norm;
  }
}
