package dev.swax.hub.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.Blueprint;
import dev.swax.hub.PublishedClass;
import dev.swax.hub.catalog.Classes;
import dev.swax.hub.match.Difference;
import dev.swax.hub.match.SameModel;
import dev.swax.hub.match.Sketch;
import dev.swax.hub.weight.WeightTable;
import dev.swax.runtime.UserError;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * How a model goes out.
 *
 * @param config its config.json, as far as the class reads it
 * @param names the model's parameter for each of the table
 */
public record ExportPlan(
    PublishedClass published,
    ObjectNode config,
    WeightTable weights,
    SequencedMap<String, String> names) {

  /**
   * That of the first class which computes the model exactly.
   *
   * @param type of the only class that is tried, or null for all
   * @param before the type of the class that is tried before the others, or null
   */
  public static ExportPlan of(Sketch model, @Nullable String type, @Nullable String before) {
    List<PublishedClass> classes =
        type == null ? Classes.beginningWith(before) : List.of(Classes.named(type));
    int agreed = -1;
    String nearest = "";
    for (PublishedClass published : classes) {
      Optional<ObjectNode> config = published.config(model);
      if (config.isEmpty()) {
        continue;
      }
      try {
        return of(published, config.get(), model);
      } catch (Difference difference) {
        if (difference.agreed() > agreed) {
          agreed = difference.agreed();
          nearest = "%s needs %s".formatted(published.type(), difference.getMessage());
        }
      } catch (UserError refusal) {
        // The class cannot say these numbers; another may.
        if (nearest.isEmpty()) {
          nearest = "%s: %s".formatted(published.type(), refusal.getMessage());
        }
      }
    }
    throw new UserError(
        type == null
            ? "no published class computes `%s` exactly. The nearest: %s"
                .formatted(model.model().architecture().name(), nearest(nearest))
            : nearest(nearest.isEmpty() ? "" : nearest),
        type == null ? "`--as CLASS` says what stands in the way of another" : null);
  }

  private static String nearest(String difference) {
    return difference.isEmpty() ? "none has layers like these" : difference;
  }

  private static ExportPlan of(PublishedClass published, ObjectNode config, Sketch model)
      throws Difference {
    Difference first = null;
    for (Pairs pairs : List.of(published.pairs(), other(published.pairs()))) {
      try {
        Blueprint blueprint =
            published.read("config.json", config.deepCopy(), SwaxModel.NAME, pairs);
        Sketch sketch = SwaxModel.sketch(published.type(), blueprint);
        var names = SameModel.match(sketch, model);
        return new ExportPlan(published, config, blueprint.weights(), names);
      } catch (Difference difference) {
        if (first == null || difference.agreed() > first.agreed()) {
          first = difference;
        }
      }
    }
    throw first;
  }

  private static Pairs other(Pairs pairs) {
    return pairs == Pairs.HALF ? Pairs.INTERLEAVED : Pairs.HALF;
  }
}
