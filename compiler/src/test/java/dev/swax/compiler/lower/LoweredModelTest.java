package dev.swax.compiler.lower;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.lower.Block.BlockParameter;
import dev.swax.compiler.testing.Models;
import dev.swax.compiler.testing.WiredModels;
import dev.swax.runtime.program.Initializer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** What models may not be, however they were made. */
class LoweredModelTest {
  private static final LoweredModel MODEL = WiredModels.KEYS_OF_ONE_LAYER.model();

  @Test
  void aLayerReadsAnEarlierOne() {
    for (int from : new int[] {1, 2, -1}) {
      assertThatThrownBy(() -> reading(from, "k"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("layer 1 reads 8 columns of Export[layer=" + from);
    }
  }

  @Test
  void aLayerReadsWhatIsThere() {
    assertThatThrownBy(() -> reading(0, "q"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layer 1 reads 8 columns of Export[layer=0, name=q], but there is {k=8, v=8}");
  }

  /** Both gradients would be added to one tensor at once. */
  @Test
  void aLayerReadsAValueOnce() {
    assertThatThrownBy(() -> reading(0, "v"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layer 1 reads Export[layer=0, name=v] twice");
  }

  @Test
  void whatIsSharedHasOneShape() {
    var narrow = new Block("a", parameter(4), List.of(shared(4)));
    var wide = new Block("b", parameter(8), List.of(shared(8)));
    LoweredModel frame = LowerModel.lower(Models.transformer(2));
    var model =
        new LoweredModel(
            frame.architecture(),
            frame.embed(),
            List.of(narrow, wide),
            List.of(0, 1),
            frame.head());
    assertThatThrownBy(model::sharedParameters)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("share a name");
  }

  private static LoweredModel reading(int layer, String name) {
    List<SequencedMap<String, Source>> reads = new ArrayList<>(MODEL.reads());
    var changed = new LinkedHashMap<String, Source>(reads.get(1));
    changed.put("k", new Source.Export(layer, name));
    reads.set(1, changed);
    return new LoweredModel(
        MODEL.architecture(), MODEL.embed(), MODEL.kinds(), MODEL.order(), reads, MODEL.head());
  }

  private static Graph parameter(int columns) {
    var out = new BlockBuilder();
    out.parameter(shared(columns));
    return out.build("x").graph();
  }

  private static BlockParameter shared(int columns) {
    return new BlockParameter("w", 1, columns, new Initializer.Constant(1), false, "w");
  }
}
