package dev.swax.cli;

import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * A fault of Java that spoils results.
 *
 * @param harmful whether it can strike this process
 */
public record JavaFault(String text, boolean harmful) {

  /** That of the Java that runs. */
  public static Optional<JavaFault> find() {
    boolean g1 =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .anyMatch(collector -> collector.getName().startsWith("G1 "));
    return find(Runtime.version(), g1);
  }

  /** {@code g1}: whether that is the collector. */
  static Optional<JavaFault> find(Runtime.Version version, boolean g1) {
    boolean faulty = version.feature() == 25 && version.interim() == 0 && version.update() < 3;
    String fault =
        "JDK %s corrupts pinned arrays under G1 (JDK-8377811); 25.0.3 and newer do not; %s"
            .formatted(version, g1 ? "this process runs with G1" : "this process has another one");
    return faulty ? Optional.of(new JavaFault(fault, g1)) : Optional.empty();
  }
}
