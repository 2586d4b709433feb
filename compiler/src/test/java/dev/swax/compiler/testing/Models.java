package dev.swax.compiler.testing;

import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.lower.Block;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.ModelOptions;
import dev.swax.compiler.model.WindowVariable;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import dev.swax.runtime.schedule.WindowSchedule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Small architectures for tests. */
public final class Models {
  public static final Span SPAN = new Span(new SourceFile("test.swax", "model m"), 0, 7);
  public static final int VOCABULARY = 19;

  private Models() {}

  /** A model whose windows are the given ones, one variable each. */
  public static Architecture of(
      String name, int width, boolean tied, double cap, int[] windows, List<Parts.Sketch> layers) {
    var variables = new ArrayList<WindowVariable>();
    for (int window : windows) {
      variables.add(
          new WindowVariable("w" + variables.size(), SPAN, new WindowSchedule.Constant(window)));
    }
    // The norm of a few channels near 0 would amplify roundings with the epsilon of real models.
    double epsilon = 1e-2;
    var options = new ModelOptions(tied, tied ? 4 : 1, 0, 1, cap, null, null, 0);
    return new Architecture(
        name,
        SPAN,
        "",
        width,
        VOCABULARY,
        options,
        Parts.norm(width, epsilon),
        layers.stream().map(layer -> layer.at(width, layers.size(), epsilon)).toList(),
        variables,
        List.of());
  }

  /** Full attention in every layer, each with a feed-forward. */
  public static Architecture transformer(int layers) {
    var layer = layer(attention("full", 2, 1, 8, -1), silu(24));
    return of("transformer", 16, false, 0, new int[0], Collections.nCopies(layers, layer));
  }

  public static Parts.Sketch layer(
      Parts.@Nullable Attention mixer, Parts.@Nullable FeedForward feedForward) {
    return new Parts.Sketch(mixer, feedForward);
  }

  /** With rotary positions; {@code window} is an index, or -1 for full attention. */
  public static Parts.Attention attention(
      String name, int heads, int keyHeads, int headWidth, int window) {
    return new Parts.Attention(name, heads, keyHeads, headWidth, window);
  }

  public static Parts.FeedForward silu(int hidden) {
    return new Parts.FeedForward(UnaryFunction.SILU, hidden);
  }

  /** A block as both layers of a model. */
  public static LoweredModel around(Block block, int width, int[] windows) {
    var layer = layer(null, silu(1));
    Architecture model = of("random", width, false, 0, windows, List.of(layer, layer));
    LoweredModel lowered = LowerModel.lower(model);
    return new LoweredModel(model, lowered.embed(), List.of(block), List.of(0, 0), lowered.head());
  }

  /** Any sizes that a file may ask for: ragged widths, grouped heads, missing halves of layers. */
  public static Architecture random(long seed, int[] windows) {
    var random = new SplittableRandom(seed);
    int kinds = random.nextInt(1, 4);
    var distinct = new ArrayList<Parts.Sketch>();
    for (int kind = 0; kind < kinds; kind++) {
      distinct.add(randomLayer(random, windows.length));
    }
    var layers = new ArrayList<Parts.Sketch>();
    for (int layer = random.nextInt(1, 5); layer > 0; layer--) {
      layers.add(distinct.get(random.nextInt(kinds)));
    }
    double cap = random.nextInt(3) == 0 ? 1 + 20 * random.nextDouble() : 0;
    return of("random", random.nextInt(1, 71), random.nextBoolean(), cap, windows, layers);
  }

  private static Parts.Sketch randomLayer(SplittableRandom random, int windows) {
    var activation = random.nextBoolean() ? UnaryFunction.SILU : UnaryFunction.GELU;
    var feedForward = new Parts.FeedForward(activation, random.nextInt(1, 71));
    return switch (random.nextInt(4)) {
      case 0 -> layer(null, feedForward);
      case 1 -> layer(randomAttention(random, windows), null);
      default -> layer(randomAttention(random, windows), feedForward);
    };
  }

  private static Parts.Attention randomAttention(SplittableRandom random, int windows) {
    int keyHeads = random.nextInt(1, 4);
    int heads = keyHeads * random.nextInt(1, 4);
    boolean rotated = random.nextBoolean();
    int headWidth = rotated ? 2 * random.nextInt(1, 13) : random.nextInt(1, 25);
    int window = random.nextInt(-1, windows);
    return new Parts.Attention("mixer", heads, keyHeads, headWidth, window, rotated ? 100.0 : null);
  }
}
