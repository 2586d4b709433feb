package dev.swax.grid.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.checkpoint.DamagedFileException;
import dev.swax.runtime.file.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * One cell on the disk: {@code cell.json} says what it is, {@code claim} who works on it, {@code
 * result.json} or {@code failure.json} what came of it; {@code log.txt} has what its process
 * printed, {@code run/} is the run directory of a training.
 */
public final class CellFolder {
  private static final String RESULT = "result.json";
  private static final String FAILURE = "failure.json";

  private final Path path;

  CellFolder(Path path) {
    this.path = path;
  }

  /**
   * What a cell is.
   *
   * @param what {@code training}, or the label of a row
   * @param identity its lines
   */
  public record Description(
      String what, String column, long seed, SequencedMap<String, String> identity) {

    /** Whether both stand at the same place of a table. */
    public boolean standsFor(Description other) {
      return what.equals(other.what) && column.equals(other.column) && seed == other.seed;
    }
  }

  /**
   * Why a cell could not be computed.
   *
   * @param code of its process
   * @param attempts how often it was tried
   */
  public record Failure(int code, int attempts, String message) {}

  public Path path() {
    return path;
  }

  /** The run directory of a training. */
  public Path run() {
    return path.resolve("run");
  }

  /** Whether there is a run to go on with. */
  public boolean hasRun() {
    try {
      return Disk.isThere(run().resolve("manifest.json"));
    } catch (IOException e) {
      throw new UserError("cannot look into %s: %s".formatted(run(), Reasons.of(e)), null);
    }
  }

  /** Whether a training has its result, and no checkpoint of its run is there any more. */
  public boolean hasLostItsWeights() {
    Path checkpoints = run().resolve("checkpoints");
    try {
      return isFinished() && (!hasRun() || Disk.entries(checkpoints).isEmpty());
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      throw new UserError("cannot look into %s: %s".formatted(checkpoints, Reasons.of(e)), null);
    }
  }

  /** What the cell's process prints. */
  public Path log() {
    return path.resolve("log.txt");
  }

  /** The claim, or nothing where a living process has it. */
  public Optional<Claim> claim(Owner owner) {
    return Claim.take(path, owner);
  }

  /** The living process that works on it. */
  public Optional<Owner> findOwner() {
    return Claim.findLivingOwner(path);
  }

  /** Says what the cell is, if nothing says it yet. */
  public void describe(Description description) {
    if (findDescription().isPresent()) {
      return;
    }
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("what", description.what()).put("column", description.column());
    root.put("seed", description.seed());
    ObjectNode identity = root.putObject("identity");
    description.identity().forEach(identity::put);
    Json.write(path.resolve("cell.json"), root);
  }

  /** What the cell is; nothing where the file that says it is damaged. */
  public Optional<Description> findDescription() {
    try {
      return Json.read(path.resolve("cell.json"))
          .map(root -> {
            SequencedMap<String, String> identity = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> line : root.path("identity").properties()) {
              identity.put(line.getKey(), line.getValue().asText());
            }
            return new Description(
                root.path("what").asText(),
                root.path("column").asText(),
                root.path("seed").asLong(),
                identity);
          });
    } catch (DamagedFileException e) {
      return Optional.empty();
    }
  }

  /** Keeps what came of it; an earlier failure is forgotten. */
  public void finish(Outcome outcome) {
    Json.write(path.resolve(RESULT), ResultFile.write(id(), outcome));
    forgetFailure();
  }

  /** Has what another machine has kept here just now seen. */
  public void lookAgain() {
    Json.lookAgain(path);
  }

  /** Whether its result is there. */
  public boolean isFinished() {
    return findOutcome().isPresent();
  }

  /** What came of it; nothing where there is no result that can be believed. */
  public Optional<Outcome> findOutcome() {
    try {
      return outcome();
    } catch (DamagedFileException e) {
      return Optional.empty();
    }
  }

  /** Why the result that is there cannot be believed. */
  public Optional<String> findDamage() {
    try {
      outcome();
      return Optional.empty();
    } catch (DamagedFileException e) {
      return Optional.of("%s is damaged: %s".formatted(RESULT, e.getMessage()));
    }
  }

  private Optional<Outcome> outcome() throws DamagedFileException {
    Optional<String> text = Json.text(path.resolve(RESULT));
    return text.isEmpty() ? Optional.empty() : Optional.of(ResultFile.read(id(), text.get()));
  }

  private String id() {
    return String.valueOf(path.getFileName());
  }

  /** Keeps why it could not be computed. */
  public void fail(Failure failure) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("code", failure.code()).put("attempts", failure.attempts());
    root.put("message", failure.message());
    Json.write(path.resolve(FAILURE), root);
  }

  /** Why it could not be computed, if it was tried. */
  public Optional<Failure> findFailure() {
    try {
      return Json.read(path.resolve(FAILURE))
          .map(root ->
              new Failure(
                  root.path("code").asInt(),
                  root.path("attempts").asInt(),
                  root.path("message").asText()));
    } catch (DamagedFileException e) {
      return Optional.of(new Failure(0, 0, "%s is damaged: %s".formatted(FAILURE, e.getMessage())));
    }
  }

  /** Before it is computed again. */
  public void forgetResult() {
    delete(RESULT);
  }

  /** Before it is tried again. */
  public void forgetFailure() {
    delete(FAILURE);
  }

  private void delete(String name) {
    try {
      Files.deleteIfExists(path.resolve(name));
    } catch (IOException e) {
      throw new UserError("cannot write to %s: %s".formatted(path, Reasons.of(e)), null);
    }
  }
}
