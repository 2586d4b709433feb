package dev.swax.runtime.train;

import dev.swax.runtime.UserError;
import dev.swax.runtime.checkpoint.CheckpointReader;
import dev.swax.runtime.program.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The run whose weights a training begins with, in place of drawn ones.
 *
 * @param written its path as the swax file says it
 * @param run where that is
 */
public record StartWeights(String written, Path run) {
  /** Why there are no weights to begin with; empty where there are. */
  public Optional<UserError> obstacle() {
    if (!Files.isDirectory(run)) {
      return Optional.of(missing("there is no run `%s`".formatted(run)));
    }
    return reader().findIdentity().isPresent()
        ? Optional.empty()
        : Optional.of(missing("%s has no checkpoint".formatted(run)));
  }

  /** Fills the parameters from its newest whole checkpoint. */
  void fill(List<Parameter> parameters, Consumer<String> notices) {
    obstacle()
        .ifPresent(error -> {
          throw error;
        });
    if (reader().restore(parameters, false, notices).isEmpty()) {
      throw missing("%s has no checkpoint".formatted(run));
    }
    notices.accept("begins with the weights of %s".formatted(run));
  }

  private static UserError missing(String what) {
    return new UserError(
        what + ", but training begins with its weights", "`weights = \"RUN\"` in the train block");
  }

  private CheckpointReader reader() {
    return RunDirectory.checkpoints(run, 1).reader();
  }

  /** The path, and which weights are there now: a run begins again only with the same. */
  String describe() {
    return reader()
        .findIdentity()
        .map(hash -> "%s, %.16s".formatted(written, hash))
        .orElse(written);
  }
}
