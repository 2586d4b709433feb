package dev.swax.benchmarks.training;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What swax is compared with. */
enum Peer {
  /** Official libtorch, called from Java, in each form of attention that is worth comparing. */
  LIBTORCH("libtorch", Precision.FP32),
  EAGER("PyTorch", Precision.FP32),
  COMPILED("PyTorch, compiled", Precision.FP32),
  EAGER_BF16("PyTorch, bfloat16", Precision.BF16),
  COMPILED_BF16("PyTorch, compiled, bfloat16", Precision.BF16);

  private final String title;
  private final Precision precision;

  Peer(String title, Precision precision) {
    this.title = title;
    this.precision = precision;
  }

  /** Of that name: {@code compiled-bf16}. */
  static Peer of(String name) {
    return Arrays.stream(values())
        .filter(peer -> peer.toString().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no peer %s; there are %s".formatted(name, Arrays.toString(values()))));
  }

  /** Of a side in Python: what {@code benchmarks/training.py} takes. */
  List<String> modes() {
    return List.of(
        title.contains("compiled") ? "compiled" : "eager",
        precision.name().toLowerCase(Locale.ROOT));
  }

  String title() {
    return title;
  }

  Precision precision() {
    return precision;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
