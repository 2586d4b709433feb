package dev.swax.benchmarks.libtorch;

import dev.swax.benchmarks.training.Mixing;
import dev.swax.benchmarks.training.Setting;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The compared models, the head tied to the embedding. */
final class TorchModel {
  private final Tensor embedding;
  private final List<TorchBlock> blocks = new ArrayList<>();
  private final Tensor norm;

  TorchModel(Setting setting, AttentionForm form, TorchWeights weights) {
    List<Mixing> mixing = setting.mixing();
    embedding = weights.take("embedding");
    long batch = setting.batch();
    long time = setting.sequence();
    TorchAttention.Constants attention = TorchAttention.constants(form, batch, time);
    TorchMemory.Constants memory = TorchMemory.constants(time);
    for (int i = 0; i < mixing.size(); i++) {
      String block = "layers." + i + ".";
      String name = mixing.get(i).mixer();
      TorchMixer mixer =
          switch (mixing.get(i)) {
            case MEMORY -> new TorchMemory(setting, block + name, memory, weights);
            case DELTA ->
                throw new IllegalArgumentException("the delta rule is not written for libtorch");
            case WINDOW, FULL ->
                new TorchAttention(form, setting, block + name, attention, weights);
          };
      blocks.add(new TorchBlock(block, name, setting.sizes().hidden(), mixer, weights));
    }
    norm = weights.take("norm");
    weights.requireAllTaken();
  }

  /** The mean loss of tokens [B T] and the targets that follow them. */
  Tensor loss(Tensor tokens, Tensor targets) {
    return Scopes.keepOnly(() -> {
      Tensor x = torch.embedding(embedding, tokens);
      for (TorchBlock block : blocks) {
        x = block.forward(x);
      }
      Tensor logits = TorchBlock.rmsNorm(x, norm).mm(embedding.t());
      return torch.cross_entropy_loss(logits, targets);
    });
  }
}
