package dev.swax.runtime.train;

import dev.swax.runtime.checkpoint.CheckpointStore;
import dev.swax.runtime.checkpoint.FileOpener;
import dev.swax.runtime.checkpoint.MadeTensor;
import dev.swax.runtime.checkpoint.ModelTensors;
import dev.swax.runtime.checkpoint.NamedTensor;
import dev.swax.runtime.checkpoint.NumberFormat;
import dev.swax.runtime.checkpoint.Safetensors;
import dev.swax.runtime.checkpoint.TrainingState;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.rank.Ranks;
import dev.swax.runtime.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * The moments of all processes, which the one that leads writes: one tensor after the other comes
 * to it, so that it never has more than one. The file is the same as that of one process.
 */
final class GatheredMoments implements CheckpointStore.Moments {
  private final Ranks ranks;
  private final List<Parameter> parameters;
  private final List<NamedTensor> own;

  GatheredMoments(Ranks ranks, List<Parameter> parameters) {
    this.ranks = ranks;
    this.parameters = parameters;
    this.own = ModelTensors.moments(parameters);
  }

  /** Saves, in the process that leads; all others give it what they have. */
  void save(CheckpointStore store, TrainingState state, Consumer<String> notices) {
    store.requireFinite(state.step(), parameters);
    if (ranks.leads()) {
      store.save(state, parameters, this, notices);
    } else {
      own.forEach(this::give);
    }
    ranks.barrier();
  }

  @Override
  public String write(Path file, FileOpener opener) throws IOException {
    List<MadeTensor> made = new ArrayList<>();
    for (NamedTensor tensor : own) {
      List<Long> shape = List.of((long) tensor.rows(), (long) tensor.columns());
      made.add(
          new MadeTensor(tensor.name(), NumberFormat.F32, shape, whole -> gather(tensor, whole)));
    }
    return Safetensors.writeMade(file, made, opener);
  }

  @Override
  public long bytes() {
    return own.stream()
        .mapToLong(tensor -> (long) tensor.rows() * tensor.columns() * Float.BYTES)
        .sum();
  }

  /** Sends what this process has of a tensor. */
  private void give(NamedTensor tensor) {
    tellPlaces(tensor);
    MemorySegment nothing = tensor.values().segment().asSlice(0, 0);
    List<MemorySegment> out = new ArrayList<>(Collections.nCopies(ranks.size(), nothing));
    List<MemorySegment> in = List.copyOf(out);
    out.set(0, tensor.values().slice(0, tensor.count()).segment());
    ranks.allToAll(out, in);
  }

  /** Gets all of a tensor. */
  private void gather(NamedTensor tensor, Tensor whole) {
    MemorySegment nothing = whole.segment().asSlice(0, 0);
    List<MemorySegment> out = new ArrayList<>(Collections.nCopies(ranks.size(), nothing));
    List<MemorySegment> in = new ArrayList<>();
    for (long[] place : tellPlaces(tensor)) {
      in.add(whole.slice(place[0], place[1]).segment());
    }
    out.set(0, tensor.values().slice(0, tensor.count()).segment());
    ranks.allToAll(out, in);
  }

  /** Where the values that each process has begin, and how many they are. */
  private List<long[]> tellPlaces(NamedTensor tensor) {
    return ranks.allGather(new long[] {tensor.from(), tensor.count()});
  }
}
