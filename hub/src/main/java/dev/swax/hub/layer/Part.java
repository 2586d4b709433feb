package dev.swax.hub.layer;

/** A cell or a feed-forward of a published model. */
public interface Part extends Weights {
  /** Adds what its value needs: a declaration, if the library has none, and its sizes. */
  void declare(ModelText text);

  /** Its value in the model: {@code mamba(heads: mamba_heads, key: key)}. */
  String value();
}
