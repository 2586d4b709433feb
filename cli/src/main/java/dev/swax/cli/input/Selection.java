package dev.swax.cli.input;

import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.codegen.tornado.DeviceFamilies;
import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.runtime.UserError;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which of a file's declarations is meant. */
public final class Selection {
  private Selection() {}

  /** The train block of that name, or the only one. */
  public static TrainPlan train(Analysis analysis, String file, @Nullable String name) {
    return choose("train block", "--train", file, analysis.trains(), TrainPlan::name, name);
  }

  /** The grid of that name. */
  public static GridPlan grid(Analysis analysis, String file, String name) {
    return choose("grid", "--grid", file, analysis.grids(), GridPlan::name, name);
  }

  /** The grid of that name, or all of them, at least one. */
  public static List<GridPlan> grids(Analysis analysis, String file, @Nullable String name) {
    return name == null && analysis.grids().size() > 1
        ? analysis.grids()
        : List.of(choose("grid", "--grid", file, analysis.grids(), GridPlan::name, name));
  }

  /** The model of that name; else that of the only train block, else the only one. */
  public static Architecture model(Analysis analysis, String file, @Nullable String name) {
    Optional<Architecture> trained = trainedModel(analysis);
    if (name == null && trained.isPresent()) {
      return trained.get();
    }
    return choose("model", "--model", file, analysis.models(), Architecture::name, name);
  }

  /** The same model; one with a cell that has no kernels for devices ends the verb. */
  public static Architecture trainableOnDevice(Architecture model) {
    DeviceFamilies.findObstacle(model)
        .ifPresent(obstacle -> {
          throw new UserError(obstacle, "`--device cpu`");
        });
    return model;
  }

  private static Optional<Architecture> trainedModel(Analysis analysis) {
    return analysis.trains().size() == 1
        ? Optional.ofNullable(analysis.trains().getFirst().architecture())
        : Optional.empty();
  }

  private static <T> T choose(
      String what,
      String option,
      String file,
      List<T> all,
      Function<T, String> nameOf,
      @Nullable String wanted) {
    List<String> names = all.stream().map(nameOf).toList();
    if (wanted != null) {
      int index = names.indexOf(wanted);
      if (index < 0) {
        throw new UserError(
            "%s has no %s `%s`".formatted(file, what, wanted),
            DidYouMean.help(wanted, names).orElseGet(() -> oneOf(names)));
      }
      return all.get(index);
    }
    if (all.isEmpty()) {
      throw new UserError("%s has no %s".formatted(file, what), null);
    }
    if (all.size() > 1) {
      throw new UserError(
          "%s has %d %ss, and none was chosen".formatted(file, all.size(), what),
          "`%s %s`, or another of %s"
              .formatted(option, names.getFirst(), String.join(", ", names)));
    }
    return all.getFirst();
  }

  private static @Nullable String oneOf(List<String> names) {
    return names.isEmpty() ? null : "one of " + String.join(", ", names);
  }
}
