package dev.swax.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.match.Sketch;
import dev.swax.runtime.kernel.rope.Rotation.Pairs;
import java.util.Optional;

/** A class of transformers that swax computes exactly. */
public interface PublishedClass {
  /** Its {@code model_type} in config.json. */
  String type();

  /** Its name in transformers. */
  String architecture();

  /** The zoo's model of this kind, which says where its formulas are from. */
  String zoo();

  /** Which channels its own code turns together. */
  default Pairs pairs() {
    return Pairs.HALF;
  }

  /**
   * What a config.json means.
   *
   * @param place of it, for messages
   * @param name of the model in the text
   * @param written which channels the text turns together; where these are others than those of the
   *     published code, the table has columns in another order
   */
  Blueprint read(String place, ObjectNode config, String name, Pairs written);

  /** The config.json whose model is most like a given one; whether it is the same is seen later. */
  Optional<ObjectNode> config(Sketch sketch);
}
