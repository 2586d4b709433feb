package dev.swax.runtime.checkpoint;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Hashes;
import dev.swax.runtime.program.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the newest checkpoint that is whole and fills a model's parameters from it. */
public final class CheckpointReader {
  private final CheckpointStore store;

  CheckpointReader(CheckpointStore store) {
    this.store = store;
  }

  /**
   * Fills the parameters from the newest whole checkpoint; torn ones are passed over, with a
   * notice.
   *
   * @param moments whether the optimizer's moments are wanted as well
   * @return the state, or nothing where there is no checkpoint at all
   */
  public Optional<TrainingState> restore(
      List<Parameter> parameters, boolean moments, Consumer<String> notices) {
    List<Long> steps = store.steps();
    for (long step : steps) {
      try {
        return Optional.of(read(store.path(step), parameters, moments));
      } catch (DamagedFileException e) {
        notices.accept(
            "checkpoint %s is torn (%s); trying the one before it"
                .formatted(CheckpointStore.name(step), e.getMessage()));
      }
    }
    if (!steps.isEmpty()) {
      throw new UserError(
          "no checkpoint of %d in %s is whole"
              .formatted(steps.size(), store.path(steps.getFirst()).getParent()),
          "train again in another run directory");
    }
    return Optional.empty();
  }

  private static TrainingState read(Path folder, List<Parameter> parameters, boolean moments)
      throws DamagedFileException {
    try {
      StateFile state = state(folder);
      for (Map.Entry<String, String> file : state.hashes().entrySet()) {
        checkHash(folder.resolve(file.getKey()), file.getValue());
      }
      fill(folder.resolve(CheckpointStore.MODEL), ModelTensors.weights(parameters));
      if (moments) {
        fill(folder.resolve(CheckpointStore.OPTIMIZER), ModelTensors.moments(parameters));
      }
      return state.state();
    } catch (NoSuchFileException e) {
      throw new DamagedFileException(Path.of(e.getFile()).getFileName() + " is missing");
    } catch (IOException e) {
      throw new UserError("cannot read %s: %s".formatted(folder, Reasons.of(e)), null);
    }
  }

  private static StateFile state(Path folder) throws IOException, DamagedFileException {
    try {
      return StateFile.parse(
          RegularFile.bytes(folder.resolve(CheckpointStore.STATE), RegularFile.SMALL));
    } catch (DamagedFileException e) {
      throw new DamagedFileException(CheckpointStore.STATE + ": " + e.getMessage());
    }
  }

  private static void checkHash(Path file, String expected)
      throws IOException, DamagedFileException {
    RegularFile.require(file);
    MessageDigest digest = Hashes.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(expected)) {
      throw new DamagedFileException(
          "%s has %d bytes that are not those which were written"
              .formatted(file.getFileName(), Files.size(file)));
    }
  }

  /**
   * Fills tensors from one safetensors file.
   *
   * @throws UserError if it is of another model, or holds NaN or infinity
   */
  static void fill(Path file, List<NamedTensor> tensors) throws IOException, DamagedFileException {
    try {
      Safetensors.read(file, tensors);
    } catch (ModelMismatchException e) {
      throw new UserError(
          "%s is of another model: %s".formatted(file, e.getMessage()),
          "use the swax file and the --set options that the run was trained with");
    }
    Finite.describeBad(tensors)
        .ifPresent(bad -> {
          throw new UserError("%s is not usable: %s".formatted(file, bad), null);
        });
  }

  /** Fills the weights from one {@code model.safetensors}, wherever it came from. */
  public static void readWeights(Path file, List<Parameter> parameters) {
    try {
      fill(file, ModelTensors.weights(parameters));
    } catch (NoSuchFileException e) {
      throw new UserError("`%s` does not exist".formatted(file), null);
    } catch (IOException e) {
      throw new UserError("cannot read `%s`: %s".formatted(file, Reasons.of(e)), null);
    } catch (DamagedFileException e) {
      throw new UserError(
          "`%s` is damaged or not a safetensors file: %s".formatted(file, e.getMessage()), null);
    }
  }
}
