package dev.swax.cli.watch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How busy this machine is. */
final class Machine {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable: +([0-9]{1,15}) kB");

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final Path disk;

  /** {@code disk}: a folder on the disk that is told of. */
  Machine(Path disk) {
    this.disk = disk;
  }

  /** What programs may still take: more than what is unused, since caches give way. */
  private long freeMemory() {
    try {
      return Files.readAllLines(Path.of("/proc/meminfo")).stream()
          .map(AVAILABLE::matcher)
          .filter(Matcher::matches)
          .mapToLong(line -> Long.parseLong(line.group(1)) << 10)
          .findFirst()
          .orElseGet(system::getFreeMemorySize);
    } catch (IOException e) {
      return system.getFreeMemorySize(); // a system without that file
    }
  }

  /**
   * Cores, the share of them that works, memory and disk in bytes; what is not known is left out.
   */
  ObjectNode told() {
    ObjectNode node = JSON.createObjectNode().put("cores", system.getAvailableProcessors());
    double load = system.getCpuLoad();
    if (load >= 0) {
      node.put("load", Math.round(load * 100) / 100.0);
    }
    node.put("memory", system.getTotalMemorySize()).put("freeMemory", freeMemory());
    long free = disk.toFile().getUsableSpace();
    if (free > 0) { // a folder that went away has no disk
      node.put("freeDisk", free);
    }
    return node;
  }
}
