package dev.swax.benchmarks.libtorch;

import dev.swax.benchmarks.training.Setting;
import dev.swax.benchmarks.training.WeightShape;
import dev.swax.benchmarks.training.Weights;
import dev.swax.runtime.checkpoint.NamedTensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The trained tensors. Matrices that multiply the same input are joined side by side, as one
 * usually does, so that one product serves them all.
 */
final class TorchWeights {
  private final Map<String, Tensor> read = new LinkedHashMap<>();
  private final List<WeightShape> shapes;
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final List<Tensor> decayed = new ArrayList<>();
  private final List<Tensor> plain = new ArrayList<>();

  /** A weight as columns of a trained tensor. */
  private record Place(Tensor joined, long column) {}

  private TorchWeights(List<WeightShape> shapes) {
    this.shapes = shapes;
  }

  static TorchWeights read(Setting setting, Path file) throws IOException {
    var weights = new TorchWeights(WeightShape.of(setting));
    try (Arena arena = Arena.ofConfined()) {
      for (NamedTensor tensor : Weights.read(setting, file, arena)) {
        float[] values = tensor.values().segment().toArray(ValueLayout.JAVA_FLOAT);
        Tensor flat = torch.tensor(values);
        weights.read.put(
            tensor.name(), tensor.rows() == 1 ? flat : flat.view(tensor.rows(), tensor.columns()));
      }
    }
    return weights;
  }

  /** A trained tensor: the named ones side by side. */
  Tensor take(String... names) {
    var parts = new TensorVector();
    for (String name : names) {
      Tensor part = read.remove(name);
      if (part == null) {
        throw new IllegalArgumentException("no weight " + name);
      }
      parts.push_back(part);
    }
    Tensor joined = torch.cat(parts, -1).contiguous().requires_grad_(true);
    (joined.dim() > 1 ? decayed : plain).add(joined);
    long column = 0;
    for (int i = 0; i < names.length; i++) {
      places.put(names[i], new Place(joined, column));
      column += parts.get(i).size(-1);
    }
    return joined;
  }

  /** The gradients of the weights as they were read. */
  List<NamedTensor> gradients(Arena arena) {
    return shapes.stream().map(shape -> gradient(shape, arena)).toList();
  }

  private NamedTensor gradient(WeightShape shape, Arena arena) {
    var values = dev.swax.runtime.tensor.Tensor.allocate(arena, shape.size());
    Place place = places.get(shape.name());
    if (place == null) {
      throw new IllegalArgumentException("no weight " + shape.name());
    }
    Tensor gradient = place.joined().grad().narrow(-1, place.column(), shape.columns());
    float[] copy = new float[Math.toIntExact(shape.size())];
    gradient.contiguous().data_ptr_float().get(copy);
    values.segment().copyFrom(MemorySegment.ofArray(copy));
    return new NamedTensor(shape.name(), shape.rows(), shape.columns(), values);
  }

  /** Makes sure that the model took everything. */
  void requireAllTaken() {
    if (!read.isEmpty()) {
      throw new IllegalStateException("the model did not use " + read.keySet());
    }
  }

  /** Matrices. */
  List<Tensor> decayed() {
    return decayed;
  }

  /** Norm weights and biases. */
  List<Tensor> plain() {
    return plain;
  }
}
