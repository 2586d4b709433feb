package dev.swax.benchmarks.training;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** One compared configuration: which model, on sequences of which length. */
public record Setting(Model model, int sequence) {

  /** The compared models. */
  public enum Model {
    WINDOW,
    MLSTM,
    HYBRID,
    FULL;

    /** The mixer of each block. */
    public List<Mixing> mixing() {
      return IntStream.range(0, Sizes.BLOCKS).mapToObj(this::mixing).toList();
    }

    private Mixing mixing(int block) {
      return switch (this) {
        case WINDOW -> Mixing.WINDOW;
        case MLSTM -> Mixing.MEMORY;
        case HYBRID -> block % 2 == 0 ? Mixing.MEMORY : Mixing.WINDOW;
        case FULL -> Mixing.FULL;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The model of that name. */
    public static Model of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  /** Sequences of a step. */
  public int batch() {
    return Sizes.TOKENS_PER_STEP / sequence;
  }

  /** Numerically and by name unique among settings; also usable as a file's name. */
  @Override
  public String toString() {
    return model + "-" + sequence;
  }
}
