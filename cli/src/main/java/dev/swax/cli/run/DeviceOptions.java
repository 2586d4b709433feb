package dev.swax.cli.run;

import dev.swax.compiler.codegen.tornado.Products;

/**
 * How a device trains.
 *
 * @param products what multiplies matrices
 * @param captured whether it records graphs of kernels and replays them
 * @param checked whether it has to prove itself before
 */
record DeviceOptions(Products products, boolean captured, boolean checked) {
  /** In words, for the record of a run. */
  String describe() {
    return "products %s%s%s"
        .formatted(
            products.description(),
            captured ? ", CUDA graphs" : "",
            checked ? "" : ", not checked");
  }
}
