package dev.swax.runtime.checkpoint;

import dev.swax.runtime.program.ParameterSpec;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.util.List;

/** The weights of a checkpoint where they lie, for a model that need not fit into memory. */
public final class MappedWeights implements AutoCloseable {
  private final Arena arena;
  private final SafetensorsFile file;
  private final long step;

  private MappedWeights(Arena arena, SafetensorsFile file, long step) {
    this.arena = arena;
    this.file = file;
    this.step = step;
  }

  /** Maps a file that holds exactly these parameters. */
  static MappedWeights map(FileChannel channel, long step, List<ParameterSpec> wanted)
      throws IOException, DamagedFileException, ModelMismatchException {
    Arena arena = Arena.ofShared();
    try {
      SafetensorsFile file = SafetensorsFile.map(channel, arena);
      SafetensorsHeader.requireMatrices(List.copyOf(file.entries().values()));
      ModelMismatchException.check(wanted.stream().map(MatrixShape::of).toList(), file.entries());
      return new MappedWeights(arena, file, step);
    } catch (IOException | DamagedFileException | ModelMismatchException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /** The step after which they were saved. */
  public long step() {
    return step;
  }

  /** A parameter's numbers, row by row, to be read as {@link NumberFormat#F32}. */
  public MemorySegment data(String parameter) {
    TensorEntry entry = file.entries().get(parameter);
    if (entry == null) {
      throw new IllegalArgumentException("no parameter " + parameter);
    }
    return file.data(entry);
  }

  @Override
  public void close() {
    arena.close();
  }
}
