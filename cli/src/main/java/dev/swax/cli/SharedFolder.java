package dev.swax.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.SharedFile;
import dev.swax.runtime.rank.Ranks;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How processes find out whether they write to one folder. */
final class SharedFolder {
  private static final String UNSEEN = "unseen";
  private static final String HELP =
      "`--run-dir` on a disk that all machines share, and may write to";

  private final Processes processes;
  private final Ranks ranks;

  SharedFolder(Processes processes, Ranks ranks) {
    this.processes = processes;
    this.ranks = ranks;
  }

  /** What is wrong with a folder of the process that leads; the same in every process. */
  Optional<UserError> fault(Path folder) {
    Path file = Path.of(processes.fromLeader(ranks.leads() ? create(folder).toString() : ""));
    List<String> answers =
        ranks.allGather(write(file).getBytes(UTF_8)).stream()
            .map(bytes -> new String(bytes, UTF_8))
            .toList();
    int unseen = (int) ranks.fromLeader(ranks.leads() ? firstUnseen(file, answers) : 0);
    Path place = file.resolveSibling("").normalize();
    for (int rank = 0; rank < answers.size(); rank++) {
      String answer = answers.get(rank);
      if (!answer.isEmpty()) {
        return Optional.of(cannotWrite(rank, place, answer));
      }
    }
    return unseen == ranks.size()
        ? Optional.empty()
        : Optional.of(
            new UserError(
                "what %s writes to the folder %s is not seen by %s"
                    .formatted(processes.name(unseen), place, processes.name(0)),
                HELP));
  }

  private UserError cannotWrite(int rank, Path place, String answer) {
    String what = answer.equals(UNSEEN) ? "does not see" : "cannot write to";
    String why = answer.equals(UNSEEN) ? "" : ": " + answer;
    return new UserError(
        "%s %s the folder %s of %s%s"
            .formatted(processes.name(rank), what, place, processes.name(0), why),
        HELP);
  }

  /** In the folder, or in the one above that is there. */
  private static Path create(Path folder) {
    Path there = folder.toAbsolutePath().normalize();
    while (!Files.isDirectory(there)) {
      there = there.resolveSibling(".").normalize();
    }
    try {
      return SharedFile.create(there);
    } catch (IOException e) {
      throw new UserError("cannot write to %s: %s".formatted(there, Reasons.of(e)), null);
    }
  }

  /** What keeps this process from writing its part; empty where nothing does. */
  private String write(Path file) {
    try {
      return SharedFile.write(file, ranks.rank()) ? "" : UNSEEN;
    } catch (IOException e) {
      return Reasons.of(e);
    }
  }

  /** The first process whose part cannot be seen here, or how many there are; removes the file. */
  private int firstUnseen(Path file, List<String> answers) {
    try (Closeable _ = () -> Files.delete(file)) {
      int rank = 0;
      while (rank < ranks.size() && (!answers.get(rank).isEmpty() || SharedFile.sees(file, rank))) {
        rank++;
      }
      return rank;
    } catch (IOException e) {
      throw new UserError("cannot read %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }
}
