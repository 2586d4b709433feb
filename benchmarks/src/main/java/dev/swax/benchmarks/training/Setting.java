package dev.swax.benchmarks.training;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** One compared configuration: which model, how large, on sequences of which length. */
public record Setting(Sizes sizes, Model model, int sequence) {

  /** The compared models. */
  public enum Model {
    WINDOW,
    MLSTM,
    HYBRID,
    GATED_DELTA,
    FULL;

    private Mixing mixing(int block) {
      return switch (this) {
        case WINDOW -> Mixing.WINDOW;
        case MLSTM -> Mixing.MEMORY;
        case HYBRID -> block % 2 == 0 ? Mixing.MEMORY : Mixing.WINDOW;
        case GATED_DELTA -> Mixing.DELTA;
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

  /** What {@link #words} says. */
  public static Setting of(String sizes, String model, String sequence) {
    return new Setting(Sizes.of(sizes), Model.of(model), Integer.parseInt(sequence));
  }

  /** For a command line. */
  List<String> words() {
    return List.of(sizes.toString(), model.toString(), Integer.toString(sequence));
  }

  /** The mixer of each block. */
  public List<Mixing> mixing() {
    return IntStream.range(0, sizes.blocks()).mapToObj(model::mixing).toList();
  }

  /** Sequences of a step. */
  public int batch() {
    return sizes.tokens() / sequence;
  }

  /** By name unique among settings; also usable as a file's name. */
  @Override
  public String toString() {
    return model + "-" + sizes + "-" + sequence;
  }
}
