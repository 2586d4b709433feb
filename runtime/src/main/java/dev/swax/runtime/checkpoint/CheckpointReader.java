package dev.swax.runtime.checkpoint;

import dev.swax.runtime.Hashes;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.ParameterSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Finds the newest checkpoint that is whole and fills a model's parameters from it. */
public final class CheckpointReader {
  /** Of a run that saves faster than it can be read, more would be of no use. */
  private static final int MOST_LOOKS = 100;

  private final CheckpointStore store;

  CheckpointReader(CheckpointStore store) {
    this.store = store;
  }

  /**
   * Fills the parameters from the newest whole checkpoint; torn ones are passed over, with a
   * notice. One that its owner removes meanwhile has a successor, which is looked for.
   *
   * @param moments whether the optimizer's moments are wanted as well; without, their file is not
   *     looked at
   * @return the state, or nothing where there is no checkpoint at all
   */
  public Optional<TrainingState> restore(
      List<Parameter> parameters, boolean moments, Consumer<String> notices) {
    return newest(folder -> read(folder, parameters, moments), notices);
  }

  /**
   * Fills the weights from the checkpoint of that step and from no other.
   *
   * @return what keeps it from being used; nothing where they are filled
   */
  public Optional<String> restoreWeights(long step, List<Parameter> parameters) {
    if (!store.steps().contains(step)) {
      return Optional.of("it is not there");
    }
    try {
      read(store.path(step), parameters, false);
      return Optional.empty();
    } catch (DamagedFileException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Maps the weights of the newest whole checkpoint, which is looked for in the same way; nothing
   * where there is no checkpoint at all. Whether they are finite is not looked at.
   */
  public Optional<MappedWeights> map(List<ParameterSpec> parameters, Consumer<String> notices) {
    return newest(folder -> map(folder, parameters), notices);
  }

  /** What is made of a checkpoint's folder, if it is whole. */
  @FunctionalInterface
  private interface FolderReader<T> {
    T read(Path folder) throws DamagedFileException;
  }

  private <T> Optional<T> newest(FolderReader<T> reader, Consumer<String> notices) {
    Set<Long> torn = new LinkedHashSet<>();
    for (int look = 0; look < MOST_LOOKS; look++) {
      List<Long> left = store.steps().stream().filter(step -> !torn.contains(step)).toList();
      if (left.isEmpty()) {
        break;
      }
      long step = left.getFirst();
      try {
        return Optional.of(reader.read(store.path(step)));
      } catch (DamagedFileException e) {
        if (store.steps().contains(step)) {
          torn.add(step);
          notices.accept(
              "checkpoint %s is damaged (%s); trying the one before it"
                  .formatted(CheckpointStore.name(step), e.getMessage()));
        }
      }
    }
    if (!torn.isEmpty()) {
      throw new UserError(
          "no complete checkpoint in %2$s (damaged: %1$d)"
              .formatted(torn.size(), store.path(torn.iterator().next()).getParent()),
          "train again in another run directory");
    }
    return Optional.empty();
  }

  /** The SHA-256 of the weights of the newest checkpoint, as it says itself. */
  public Optional<String> findIdentity() {
    for (long step : store.steps()) {
      try {
        return Optional.ofNullable(state(store.path(step)).hashes().get(CheckpointStore.MODEL));
      } catch (NoSuchFileException | DamagedFileException e) {
        continue;
      }
    }
    return Optional.empty();
  }

  private static TrainingState read(Path folder, List<Parameter> parameters, boolean moments)
      throws DamagedFileException {
    try {
      StateFile state = state(folder);
      fill(folder, CheckpointStore.MODEL, state, ModelTensors.weights(parameters));
      if (moments) {
        fill(folder, CheckpointStore.OPTIMIZER, state, ModelTensors.moments(parameters));
      }
      return state.state();
    } catch (NoSuchFileException e) {
      throw missing(e);
    }
  }

  private static DamagedFileException missing(NoSuchFileException cause) {
    return new DamagedFileException(Path.of(cause.getFile()).getFileName() + " is missing");
  }

  private static MappedWeights map(Path folder, List<ParameterSpec> parameters)
      throws DamagedFileException {
    try {
      StateFile state = state(folder);
      return whole(
          folder,
          CheckpointStore.MODEL,
          state,
          (_, channel) -> MappedWeights.map(channel, state.state().step(), parameters));
    } catch (NoSuchFileException e) {
      throw missing(e);
    }
  }

  private static StateFile state(Path folder) throws NoSuchFileException, DamagedFileException {
    Path file = folder.resolve(CheckpointStore.STATE);
    try {
      requireFile(file);
      return StateFile.parse(RegularFile.bytes(file, RegularFile.SMALL));
    } catch (DamagedFileException e) {
      throw new DamagedFileException(CheckpointStore.STATE + ": " + e.getMessage());
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static void requireFile(Path file) throws IOException, DamagedFileException {
    Optional<String> other = RegularFile.findOther(file);
    if (other.isPresent()) {
      throw new DamagedFileException(other.get());
    }
  }

  /** The disk fails, which says nothing of the checkpoint. */
  private static UserError unreadable(Path file, IOException cause) {
    return new UserError("cannot read %s: %s".formatted(file, Reasons.of(cause)), null);
  }

  private static void fill(Path folder, String name, StateFile state, List<NamedTensor> tensors)
      throws NoSuchFileException, DamagedFileException {
    whole(
        folder,
        name,
        state,
        (file, channel) -> {
          fill(file, channel, tensors);
          return true;
        });
  }

  /** What is made of an open file. */
  @FunctionalInterface
  private interface FileReader<T> {
    T read(Path file, FileChannel channel)
        throws IOException, DamagedFileException, ModelMismatchException;
  }

  /**
   * What is made of a file whose content is the one that was written. It is opened once, so that it
   * may be removed while it is read.
   */
  private static <T> T whole(Path folder, String name, StateFile state, FileReader<T> reader)
      throws NoSuchFileException, DamagedFileException {
    String expected = state.hashes().get(name);
    if (expected == null) {
      throw new DamagedFileException("%s names no %s".formatted(CheckpointStore.STATE, name));
    }
    Path file = folder.resolve(name);
    try {
      requireFile(file);
      return whole(file, expected, reader);
    } catch (DamagedFileException e) {
      throw new DamagedFileException("%s: %s".formatted(name, e.getMessage()));
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static <T> T whole(Path file, String expected, FileReader<T> reader)
      throws IOException, DamagedFileException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      boolean pieces = expected.startsWith(PieceHashes.MARK);
      if (!(pieces ? PieceHashes.of(channel) : hash(channel)).equals(expected)) {
        throw new DamagedFileException(
            "its %d bytes are not what was written".formatted(channel.size()));
      }
      return reader.read(file, channel);
    } catch (ModelMismatchException e) {
      throw otherModel(file, e);
    }
  }

  private static UserError otherModel(Path file, ModelMismatchException cause) {
    return new UserError(
        "%s is of another model: %s".formatted(file, cause.getMessage()),
        "use the swax file and the --set options that the run was trained with");
  }

  private static String hash(FileChannel channel) throws IOException {
    MessageDigest digest = Hashes.sha256();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    long at = 0;
    while (channel.read(buffer, at) >= 0) {
      at += buffer.position();
      digest.update(buffer.flip());
      buffer.clear();
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Fills tensors from one safetensors file.
   *
   * @throws UserError if it is of another model, or holds NaN or infinity
   */
  private static void fill(Path file, FileChannel channel, List<NamedTensor> tensors)
      throws IOException, DamagedFileException {
    try {
      Safetensors.read(channel, tensors);
    } catch (ModelMismatchException e) {
      throw otherModel(file, e);
    }
    Finite.describeBad(tensors)
        .ifPresent(bad -> {
          throw new UserError("%s is not usable: %s".formatted(file, bad), null);
        });
  }

  /** Fills the weights from one {@code model.safetensors}, wherever it came from. */
  public static void readWeights(Path file, List<Parameter> parameters) {
    try {
      RegularFile.require(file);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        fill(file, channel, ModelTensors.weights(parameters));
      }
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
