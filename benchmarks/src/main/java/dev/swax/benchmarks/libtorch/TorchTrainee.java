package dev.swax.benchmarks.libtorch;

import dev.swax.benchmarks.training.Setting;
import dev.swax.benchmarks.training.StepResult;
import dev.swax.benchmarks.training.Tokens;
import dev.swax.benchmarks.training.Trainee;
import dev.swax.benchmarks.training.TraineeLoop;
import dev.swax.runtime.checkpoint.NamedTensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** libtorch in training. */
public final class TorchTrainee implements Trainee {
  private final TorchWeights weights;
  private final TorchModel model;
  private final TorchOptimizer optimizer;
  private final Tensor tokens;
  private final Tensor targets;

  private TorchTrainee(Setting setting, AttentionForm form, Path weightsFile) throws IOException {
    weights = TorchWeights.read(setting, weightsFile);
    model = new TorchModel(setting, form, weights);
    optimizer = new TorchOptimizer(weights);
    tokens = longs(Tokens.inputs(setting.sizes()));
    targets = longs(Tokens.targets(setting.sizes()));
  }

  private static Tensor longs(int[] values) {
    return torch.tensor(Arrays.stream(values).asLongStream().toArray());
  }

  @Override
  public StepResult step() {
    optimizer.clearGradients();
    try (var _ = new PointerScope()) {
      Tensor loss = model.loss(tokens, targets);
      loss.backward();
      return new StepResult(loss.item_double(), optimizer.step());
    }
  }

  @Override
  public List<NamedTensor> gradients(Arena arena) {
    return weights.gradients(arena);
  }

  @Override
  public String report() {
    return OfficialLibrary.describe() + "\n";
  }

  /** Arguments: size, model, sequence length, threads, file of weights, form of attention. */
  public static void main(String[] arguments) throws IOException {
    Setting setting = Setting.of(arguments[0], arguments[1], arguments[2]);
    OfficialLibrary.load(Integer.parseInt(arguments[3]));
    AttentionForm form = AttentionForm.valueOf(arguments[5]);
    var trainee = new TorchTrainee(setting, form, Path.of(arguments[4]));
    TraineeLoop.serve(trainee);
  }
}
