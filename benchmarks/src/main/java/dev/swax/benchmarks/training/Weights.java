package dev.swax.benchmarks.training;

import dev.swax.runtime.checkpoint.DamagedFileException;
import dev.swax.runtime.checkpoint.FileOpener;
import dev.swax.runtime.checkpoint.ModelMismatchException;
import dev.swax.runtime.checkpoint.NamedTensor;
import dev.swax.runtime.checkpoint.Safetensors;
import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * First weights of a model, the same for both sides. Nothing starts at zero, so that every part of
 * the model has a say in the first loss.
 */
public final class Weights {
  private static final long SEED = 7;

  private Weights() {}

  /** Writes the weights of a model. */
  public static void write(Setting setting, Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      List<NamedTensor> tensors = allocate(setting, arena);
      for (NamedTensor tensor : tensors) {
        fill(tensor);
      }
      Safetensors.write(file, tensors, FileOpener.disk());
    }
  }

  /** Reads the weights of a model: exactly those that it has, by name and shape. */
  public static List<NamedTensor> read(Setting setting, Path file, Arena arena) throws IOException {
    List<NamedTensor> tensors = allocate(setting, arena);
    read(file, tensors);
    return tensors;
  }

  /** Fills the tensors from the file, which must hold exactly these. */
  public static void read(Path file, List<NamedTensor> tensors) throws IOException {
    try {
      Safetensors.read(file, tensors);
    } catch (DamagedFileException | ModelMismatchException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static List<NamedTensor> allocate(Setting setting, Arena arena) throws IOException {
    var tensors = new ArrayList<NamedTensor>();
    for (WeightShape shape : WeightShape.of(setting)) {
      Tensor values = Tensor.allocate(arena, shape.size());
      tensors.add(new NamedTensor(shape.name(), shape.rows(), shape.columns(), values));
    }
    return tensors;
  }

  private static void fill(NamedTensor tensor) {
    var stream = new RandomStream(SEED, tensor.name());
    double centre = centre(tensor);
    double deviation = tensor.rows() > 1 ? 0.6 / Math.sqrt(tensor.rows()) : 0.1;
    if (tensor.name().equals("embedding")) {
      deviation = 0.1;
    }
    for (long i = 0; i < tensor.values().length(); i++) {
      tensor.values().set(i, (float) (centre + deviation * stream.nextNormal()));
    }
  }

  /** Of the rows: 1 for norms, and gates that forget and write a little. */
  private static double centre(NamedTensor tensor) {
    if (tensor.rows() > 1) {
      return 0;
    }
    String weight = tensor.name().substring(tensor.name().lastIndexOf('.') + 1);
    return switch (weight) {
      case "f_bias" -> 3;
      case "i_bias" -> -1;
      case "a_bias" -> -4;
      default -> 1;
    };
  }
}
