package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.plan.Place;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeSet;

/** The words in which one task speaks of its values; remembers which arrays it needs. */
final class TaskWords {
  private final BlockLayout block;
  private final BlockLayout embedding;
  private final LayerReads reads;
  private final Map<List<Double>, Integer> constants;
  private final EnumSet<DeviceArray> arrays = EnumSet.noneOf(DeviceArray.class);
  private final EnumSet<ControlWord> words = EnumSet.noneOf(ControlWord.class);
  private final SequencedSet<Integer> readWords = new TreeSet<>();

  /**
   * @param block that the task belongs to
   * @param embedding of the model, for weights that other blocks share with it
   * @param reads what the block reads of other layers
   * @param constants where constant rows begin; this adds those that the task uses
   */
  TaskWords(
      BlockLayout block,
      BlockLayout embedding,
      LayerReads reads,
      Map<List<Double>, Integer> constants) {
    this.block = block;
    this.embedding = embedding;
    this.reads = reads;
    this.constants = constants;
  }

  String array(DeviceArray array) {
    arrays.add(array);
    return array.javaName();
  }

  /** The name of the array that a value lies in. */
  String array(Place place) {
    return array(
        switch (place) {
          case Place.Scratch _ -> DeviceArray.SCRATCH;
          case Place.Saved _ -> DeviceArray.KEPT;
          case Place.StreamIn _, Place.StreamOut _ -> DeviceArray.STREAM;
          case Place.GradientIn _, Place.GradientOut _ -> DeviceArray.STREAM_GRADIENT;
          case Place.Export _, Place.ExportGradient _, Place.ReadGradient _ -> DeviceArray.KEPT;
          case Place.Read(String name) ->
              reads.isEmbedding(name) ? DeviceArray.STREAM : DeviceArray.KEPT;
          case Place.Weight _ -> DeviceArray.WEIGHTS;
          case Place.WeightGradient _ -> DeviceArray.GRADIENTS;
          case Place.Fixed _ -> DeviceArray.CONSTANTS;
          case Place.Losses _ -> DeviceArray.LOSSES;
          case Place.Logits _ -> DeviceArray.LOGITS;
        });
  }

  /** The index of the first number of a value. */
  String from(Place place) {
    return switch (place) {
      case Place.Scratch(_, int offset, _) -> columns(offset);
      case Place.Saved(String name, _) -> kept(block.keptBefore(name));
      case Place.StreamIn _ -> word(ControlWord.STREAM_IN);
      case Place.StreamOut _ -> word(ControlWord.STREAM_OUT);
      case Place.GradientIn _ -> word(ControlWord.GRADIENT_IN);
      case Place.GradientOut _ -> word(ControlWord.GRADIENT_OUT);
      case Place.Export(String name, _) -> kept(block.exportBefore(name));
      case Place.ExportGradient(String name) -> kept(block.exportGradientBefore(name));
      case Place.Read(String name) -> reads.isEmbedding(name) ? "0" : read(name);
      case Place.ReadGradient(String name) ->
          reads.isEmbedding(name)
              ? columns(embedding.exportGradientBefore(LoweredModel.EMBEDDING))
              : sum(read(name), columns(reads.columns(name)));
      case Place.Weight(String parameter) -> weight(parameter);
      case Place.WeightGradient(String parameter) -> weight(parameter);
      case Place.Fixed(var values) -> Integer.toString(constant(values));
      case Place.Losses _, Place.Logits _ -> "0";
    };
  }

  /** Array and index, as kernels take them. */
  String operand(Place place) {
    return array(place) + ", " + from(place);
  }

  /** A number that the host sets before each call or layer. */
  String word(ControlWord word) {
    words.add(word);
    return word.variable();
  }

  String rows() {
    return word(ControlWord.ROWS);
  }

  /** The window with an index; the largest integer for none. */
  String window(int index) {
    array(DeviceArray.CONTROL);
    return index < 0 ? "Integer.MAX_VALUE" : "control.get(WINDOWS + %s)".formatted(index);
  }

  /** Declares the numbers that were asked for. */
  CodeBlock declarations() {
    var code = CodeBlock.builder();
    for (ControlWord word : words) {
      code.addStatement("int $L = control.get($L)", word.variable(), word.constant());
    }
    for (int read : readWords) {
      code.addStatement("int $L = control.get(READS + $L)", readVariable(read), read);
    }
    return code.build();
  }

  /** The arrays that were asked for. */
  Collection<DeviceArray> arrays() {
    EnumSet<DeviceArray> all = EnumSet.copyOf(arrays);
    all.add(DeviceArray.CONTROL);
    return all;
  }

  private String kept(int columnsBefore) {
    return sum(word(ControlWord.KEPT_FROM), columns(columnsBefore));
  }

  /** Where a value of an earlier layer begins, with its gradient right after it. */
  private String read(String name) {
    int read = reads.index(name);
    readWords.add(read);
    return readVariable(read);
  }

  private static String readVariable(int read) {
    return "read" + read;
  }

  private String weight(String parameter) {
    if (block.has(parameter)) {
      return weight(block.weight(parameter));
    }
    // The embedding is the first block: its parts begin where the model's do.
    BlockLayout.Offset offset = embedding.weight(block.sharedName(parameter));
    return offset.from() == ControlWord.MATRICES
        ? Integer.toString(offset.floats())
        : weight(new BlockLayout.Offset(ControlWord.MODEL_VECTORS, offset.floats()));
  }

  private String weight(BlockLayout.Offset offset) {
    return sum(word(offset.from()), Integer.toString(offset.floats()));
  }

  private String columns(int columns) {
    return switch (columns) {
      case 0 -> "0";
      case 1 -> word(ControlWord.CAPACITY);
      default -> columns + " * " + word(ControlWord.CAPACITY);
    };
  }

  private int constant(List<Double> values) {
    Integer known = constants.get(values);
    if (known != null) {
      return known;
    }
    int next = constants.keySet().stream().mapToInt(List::size).sum();
    constants.put(values, next);
    return next;
  }

  private static String sum(String from, String more) {
    return more.equals("0") ? from : from + " + " + more;
  }
}
