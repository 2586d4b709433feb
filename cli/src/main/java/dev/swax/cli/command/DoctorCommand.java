package dev.swax.cli.command;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.JavaFault;
import dev.swax.cli.Version;
import dev.swax.cli.run.Device;
import dev.swax.cli.run.ExchangeSpeed;
import dev.swax.cli.run.Memory;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.rank.Ranks;
import dev.swax.runtime.rank.mpi.Mpi;
import dev.swax.tornado.TornadoInstallation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.tools.ToolProvider;
import picocli.CommandLine.Command;

/** Looks over the machine. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Says what this machine has for training, and how to get what is missing.")
public final class DoctorCommand implements Callable<Integer> {
  private static final long LITTLE_DISK = 1L << 30;

  private final Host host;
  private boolean healthy = true;

  public DoctorCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    host.processes().join();
    line(
        Runtime.version().feature() >= 25 && ToolProvider.getSystemJavaCompiler() != null,
        "JDK",
        "%s, %s".formatted(Runtime.version(), System.getProperty("java.home")));
    JavaFault.find().ifPresent(fault -> line(!fault.harmful(), "JDK", fault.text()));
    line(Kernels.vectorsAvailable(), "vectors", Device.describeVectors());
    line(true, "cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    line(
        true,
        "memory",
        "%s, Java heap up to %s"
            .formatted(
                Memory.gibibytes(Memory.machine()),
                Memory.gibibytes(Runtime.getRuntime().maxMemory())));
    disk();
    tornado();
    mpi();
    return healthy ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  private void disk() {
    Path folder = host.folder().toAbsolutePath();
    long free = folder.toFile().getUsableSpace(); // needs no list of mounts, which a chroot lacks
    boolean writable = Files.isWritable(folder);
    line(
        writable && free >= LITTLE_DISK,
        "disk",
        "%s free in %s%s"
            .formatted(Memory.gibibytes(free), folder, writable ? "" : ", which is not writable"));
  }

  /** Under a launcher the processes are joined, and exchange bytes; otherwise it is looked for. */
  private void mpi() {
    Ranks ranks = host.processes().ranks();
    if (ranks.size() > 1) {
      long exchanged = ranks.allGather(new byte[1 << 20]).stream().mapToLong(b -> b.length).sum();
      line(
          exchanged == (long) ranks.size() << 20,
          "MPI",
          "%s, %d processes have exchanged %d MiB"
              .formatted(ranks.describe(), ranks.size(), exchanged >> 20));
      ExchangeSpeed speed = ExchangeSpeed.measure(ranks);
      print(
          "ok",
          "exchange",
          String.format(
              Locale.ROOT,
              "%.0f us, %.2f GB/s; how many processes pay: `swax info FILE --flops RATE --latency %.1e --bandwidth %.1e`",
              1e6 * speed.latency(),
              speed.bandwidth() / 1e9,
              speed.latency(),
              speed.bandwidth()));
      return;
    }
    List<String> found = Mpi.installed(host.environment());
    if (found.isEmpty()) {
      print(
          "--",
          "MPI",
          "no libmpi.so.40 (Open MPI) and no libmpich.so.12 (MPICH); only training on several"
              + " processes needs it: install openmpi or mpich, or set SWAX_MPI to its library");
    } else {
      String exchange = "`mpirun -n 2 swax doctor` tries an exchange";
      line(true, "MPI", "%s; %s".formatted(String.join(", ", found), exchange));
    }
  }

  /** Nothing needs it, so its absence is no fault. */
  private void tornado() {
    switch (TornadoInstallation.find(host.environment())) {
      case TornadoInstallation.Found(var home, _) -> {
        line(true, "TornadoVM", home.toString());
        new TornadoProbe().run().forEach(found -> line(found.good(), "device", found.text()));
      }
      case TornadoInstallation.Missing(String message, String help) ->
          print("--", "TornadoVM", message + "; only `--device tornado` needs it: " + help);
    }
  }

  private void line(boolean good, String what, String value) {
    healthy &= good;
    print(good ? "ok" : "no", what, value);
  }

  private void print(String mark, String what, String value) {
    host.console().out().println("%s  %-10s  %s".formatted(mark, what, value));
  }
}
