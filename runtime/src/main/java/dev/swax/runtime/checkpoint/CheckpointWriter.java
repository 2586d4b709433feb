package dev.swax.runtime.checkpoint;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.Disk;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.rank.Ranks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one checkpoint, by all processes of a training. The one that leads makes the files under a
 * temporary name; each process writes and syncs the numbers that are its own; then the one that
 * leads gives the whole its final name. After each of these steps all wait for each other, and end
 * together where one has failed.
 */
final class CheckpointWriter {
  private final CheckpointStore store;
  private final FileOpener opener;
  private final Ranks ranks;
  private final TrainingState state;
  private final List<NamedTensor> weights;
  private final List<NamedTensor> moments;
  private final PartedFile model;
  private final PartedFile optimizer;
  private final Path temporary;
  private final SequencedMap<String, String> hashes = new LinkedHashMap<>();
  private byte[] ownPieces = {};

  CheckpointWriter(
      CheckpointStore store,
      FileOpener opener,
      Ranks ranks,
      TrainingState state,
      List<Parameter> parameters) {
    this.store = store;
    this.opener = opener;
    this.ranks = ranks;
    this.state = state;
    this.weights = ModelTensors.weights(parameters);
    this.moments = ModelTensors.moments(parameters);
    this.model = new PartedFile(ModelTensors.weightParts(parameters));
    this.optimizer = new PartedFile(moments);
    this.temporary = store.temporary(state.step());
  }

  /** What may fail because of the disk. */
  @FunctionalInterface
  private interface DiskWork {
    void run() throws IOException;
  }

  /** Writes it, in place of one that is there. What cannot be removed is told in a notice. */
  void write(Consumer<String> notices) {
    together(ranks.leads() ? this::create : () -> {});
    together(this::fill);
    List<byte[]> pieces = ranks.allGather(ownPieces);
    if (ranks.leads()) {
      hashes.put(CheckpointStore.OPTIMIZER, PieceHashes.join(optimizer.head(), moments, pieces));
    }
    together(ranks.leads() ? () -> finish(notices) : () -> {});
  }

  private void create() throws IOException {
    store.makeFolder();
    Disk.deleteTree(temporary);
    Files.createDirectory(temporary);
    model.create(temporary.resolve(CheckpointStore.MODEL), opener);
    optimizer.create(temporary.resolve(CheckpointStore.OPTIMIZER), opener);
  }

  private void fill() throws IOException {
    boolean shared = ranks.size() > 1;
    if (shared && !Disk.comes(temporary.resolve(CheckpointStore.OPTIMIZER))) {
      throw new IOException("it does not see %s, which process 0 has made".formatted(temporary));
    }
    model.fill(temporary.resolve(CheckpointStore.MODEL), opener, shared);
    optimizer.fill(temporary.resolve(CheckpointStore.OPTIMIZER), opener, shared);
    ownPieces = PieceHashes.of(moments);
    if (ranks.leads()) {
      hashes.put(CheckpointStore.MODEL, Safetensors.hash(weights));
    }
  }

  private void finish(Consumer<String> notices) throws IOException {
    store.writeState(temporary, state, hashes);
    store.replace(temporary, state.step(), notices);
  }

  /** Goes on only where the work was done in every process. */
  private void together(DiskWork work) {
    IOException fault = null;
    try {
      work.run();
    } catch (IOException e) {
      fault = e;
    }
    String reason = fault == null ? "" : Reasons.of(fault);
    List<byte[]> reasons = ranks.allGather(reason.getBytes(StandardCharsets.UTF_8));
    for (int rank = 0; rank < reasons.size(); rank++) {
      if (reasons.get(rank).length > 0) {
        String process = ranks.size() == 1 ? "" : "process %d: ".formatted(rank);
        throw notSaved(process + new String(reasons.get(rank), StandardCharsets.UTF_8), fault);
      }
    }
  }

  private UserError notSaved(String reason, @Nullable IOException cause) {
    var error =
        new UserError(
            "cannot save checkpoint %s: %s%s; %s"
                .formatted(store.path(state.step()), reason, space(cause), store.earlier()),
            "correct that, then continue with `swax resume`");
    if (cause != null) {
      error.initCause(cause);
    }
    return error;
  }

  /** What is needed and free, once the files that were begun are gone. */
  private String space(@Nullable IOException cause) {
    try {
      if (ranks.leads()) {
        Disk.deleteTree(temporary);
      }
      double needed = (bytes(weights) + bytes(moments)) / 0x1p20;
      double free = store.freeBytes() / 0x1p20;
      return String.format(Locale.ROOT, " (%.1f MiB needed, %.1f MiB free)", needed, free);
    } catch (IOException e) {
      if (cause != null) {
        cause.addSuppressed(e);
      }
      return "";
    }
  }

  private static long bytes(List<NamedTensor> tensors) {
    return tensors.stream().mapToLong(NamedTensor::bytes).sum();
  }
}
