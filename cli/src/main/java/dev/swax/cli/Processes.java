package dev.swax.cli;

import dev.swax.runtime.UserError;
import dev.swax.runtime.rank.LostRanksException;
import dev.swax.runtime.rank.Ranks;
import dev.swax.runtime.rank.SingleProcess;
import dev.swax.runtime.rank.mpi.Launch;
import dev.swax.runtime.rank.mpi.Mpi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The processes that a launcher has started to compute together, of which this is one. One speaks
 * for all of them: what the others have to say is kept, and said only where the first cannot. A
 * fault before they {@link #agree} is told to all, which end by themselves; a later one ends the
 * others.
 */
public final class Processes {
  /** How long a process waits with its fault: where the first has the same, that one tells it. */
  private static final Duration WAIT = Duration.ofSeconds(2);

  private static final String GOOD = "good";
  private static final String BAD = "bad";

  /** What a process says of itself begins behind a word and its host. */
  private static final int FACTS = 2;

  /** Clocks that are further apart are told of. */
  private static final Duration APART = Duration.ofMinutes(1);

  private final Map<String, String> environment;
  private final @Nullable Launch launch;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final InstantSource clock;
  private final Losses losses = new Losses(this);
  private volatile List<String> hosts = List.of();
  private @Nullable Console own;
  private @Nullable Console real;
  private @Nullable Ranks ranks;
  private boolean agreed;

  /** Whether all know that they end, each by itself. */
  private boolean settled;

  private boolean lost;

  /** Whether another process of this machine says what this one would. */
  private boolean silent;

  private Processes(Map<String, String> environment, @Nullable Launch launch, InstantSource clock) {
    this.environment = environment;
    this.launch = launch;
    this.clock = clock;
  }

  /** Those of a process with that environment, which has to {@link #join} them. */
  static Processes of(Map<String, String> environment) {
    return new Processes(
        environment, Launch.find(environment).orElse(null), InstantSource.system());
  }

  /** This process and no other. */
  static Processes single() {
    return new Processes(Map.of(), null, InstantSource.system());
  }

  /** Those that have joined already. */
  public static Processes joined(Ranks ranks, InstantSource clock) {
    Processes processes = new Processes(Map.of(), null, clock);
    processes.ranks = ranks;
    return processes;
  }

  /** Where this process writes, of which {@code console} is what it has. */
  public Console console(Console console) {
    own = console;
    if (rank() == 0) {
      return console;
    }
    real = console;
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    var errors = new PrintStream(kept, true, StandardCharsets.UTF_8);
    return new Console(nowhere, errors, false, false, false);
  }

  /** Joins the others, where there are any. For what they can compute together. */
  public void join() {
    if (launch != null && ranks == null) {
      ranks = joined(launch);
      hosts = tell(GOOD, "").stream().map(lines -> lines.get(1)).toList();
    }
  }

  /** A library of MPI that does not fit is the same for all processes of a machine. */
  private Mpi joined(Launch launch) {
    try {
      return Mpi.join(launch, environment, losses);
    } catch (UserError e) {
      silent = launch.local() > 0;
      throw e;
    }
  }

  /** What to tell where another process has been lost; from then on none is waited for. */
  String lost(LostRanksException cause) {
    losses.told();
    lost = true;
    return "%s (on %s)".formatted(cause.getMessage(), host());
  }

  /** The number of this process, also before it has joined the others. */
  int rank() {
    return launch == null ? ranks().rank() : launch.rank();
  }

  /** How many processes there are, also before they have joined. */
  int size() {
    return launch == null ? ranks().size() : launch.size();
  }

  /** A process and its host, where that is known. */
  String name(int rank) {
    return rank < hosts.size()
        ? "process %d on %s".formatted(rank, hosts.get(rank))
        : "process %d".formatted(rank);
  }

  /** Where this process speaks for itself. */
  Console speaker() {
    return real == null ? Objects.requireNonNull(own) : real;
  }

  /** All that have joined. */
  public Ranks ranks() {
    return ranks == null ? new SingleProcess() : ranks;
  }

  /**
   * Waits for all, and refuses to go on where one has failed so far, or differs from the first one
   * in what it says of itself.
   *
   * @param facts each with its name: what decides the bits of a result
   */
  public void agree(SequencedMap<String, String> facts) {
    if (ranks == null) {
      return;
    }
    List<String> lines = new ArrayList<>();
    facts.forEach((name, value) -> lines.add(name + "\t" + value));
    List<List<String>> all = tell(GOOD, String.join("\n", lines));
    hosts = all.stream().map(each -> each.get(1)).toList();
    settled = true;
    requireGood(all);
    compareClocks();
    requireSame(all);
    settled = false;
    agreed = true;
  }

  /** All of them read their clocks at the same moment. Nothing of a training depends on them. */
  private void compareClocks() {
    ranks().barrier();
    List<long[]> all = ranks().allGather(new long[] {clock.millis()});
    for (int rank = 1; rank < all.size(); rank++) {
      Duration ahead = Duration.ofMillis(all.get(rank)[0] - all.getFirst()[0]);
      if (ahead.abs().compareTo(APART) > 0 && own != null && rank() == 0) {
        own.message(
            "warning: the clock of %s is %d s %s that of %s, so times of files will mislead"
                .formatted(
                    name(rank),
                    ahead.abs().toSeconds(),
                    ahead.isNegative() ? "behind" : "ahead of",
                    name(0)));
      }
    }
  }

  /** Passes a word, the host and a text to all; returns those of all, in lines. */
  private List<List<String>> tell(String word, String text) {
    byte[] own = String.join("\n", word, host(), text).getBytes(StandardCharsets.UTF_8);
    return ranks().allGather(own).stream()
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().toList())
        .toList();
  }

  private static void requireGood(List<List<String>> all) {
    for (int rank = 0; rank < all.size(); rank++) {
      List<String> lines = all.get(rank);
      if (!lines.getFirst().equals(GOOD)) {
        String text = String.join("\n", lines.subList(FACTS, lines.size()));
        throw new UserError(
            "process %d on %s: %s".formatted(rank, lines.get(1), text.replaceFirst("^error: ", "")),
            null);
      }
    }
  }

  private static void requireSame(List<List<String>> all) {
    List<String> first = all.getFirst();
    for (int rank = 1; rank < all.size(); rank++) {
      List<String> other = all.get(rank);
      for (int i = FACTS; i < first.size(); i++) {
        String[] here = first.get(i).split("\t", 2);
        String there = i < other.size() ? other.get(i).split("\t", 2)[1] : "none";
        if (!here[1].equals(there)) {
          throw new UserError(
              "processes differ in %s: process 0 on %s has %s, process %d on %s has %s"
                  .formatted(here[0], first.get(1), here[1], rank, other.get(1), there),
              "all of them need the same swax, the same file and the same data");
        }
      }
    }
  }

  /**
   * Refuses a folder in which not every process sees what others write. For what comes before
   * anything is written to it.
   *
   * @param folder which need not be there yet; of the process that leads
   */
  public void requireShared(Path folder) {
    if (ranks != null) {
      new SharedFolder(this, ranks)
          .fault(folder)
          .ifPresent(fault -> {
            settled = true;
            throw fault;
          });
    }
  }

  /** The text that the process that leads gives. */
  public String fromLeader(String text) {
    return ranks == null ? text : tell(GOOD, text).getFirst().get(FACTS);
  }

  /** Ends what this process has to do with the others; returns its exit code. */
  public int end(int code) {
    boolean good = code == ExitCode.DONE || code == ExitCode.CHECKPOINTED;
    if (ranks == null) {
      tellLate(good);
    } else if ((good || settled) && !lost) {
      ranks.close();
    } else if (agreed || lost) {
      tellLate(false);
      ranks.abort(code);
    } else {
      settled = true;
      tell(BAD, kept.toString(StandardCharsets.UTF_8));
      ranks.close();
    }
    return code;
  }

  /** Says what was kept, unless the first process has said it meanwhile and ended this one. */
  private void tellLate(boolean good) {
    if (real == null || good || silent) {
      return;
    }
    Losses.pause(WAIT);
    String text = kept.toString(StandardCharsets.UTF_8);
    real.error(
        "process %d on %s: %s".formatted(rank(), host(), text.replaceFirst("^error: ", "")), null);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return unresolvedHost();
    }
  }

  /** Where no address belongs to the name of the machine, as in containers. */
  private static String unresolvedHost() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return "a host without a name";
    }
  }
}
