/**
 * Programs that measure our kernels beside those of others, in the same run. Not part of the
 * default build: {@code mvn -Pbench -DskipTests verify -pl benchmarks -am -Dbench=MatmulBenchmark}.
 */
@NullMarked
package dev.swax.benchmarks;

import org.jspecify.annotations.NullMarked;
