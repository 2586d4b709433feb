package dev.swax.cli.run;

import dev.swax.cli.Host;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.source.Span;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Caching;
import dev.swax.runtime.data.Notice;
import dev.swax.runtime.data.TextLoader;
import dev.swax.runtime.schedule.Share;
import dev.swax.runtime.train.TrainingData;
import dev.swax.runtime.train.TrainingText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the text that a file names is there, can be read, and is enough for its training. */
public final class TextCheck {
  private TextCheck() {}

  /** How text is looked at. */
  @FunctionalInterface
  public interface Looks {
    /** What can be said of a block's text; what is wrong with it is thrown. */
    TextLoader.Look at(DataPlan.Text data);
  }

  /** At most one fault for each data block, and one for each train block of the others. */
  public static List<Diagnostic> diagnose(Analysis analysis, Host host) {
    Consumer<String> notes = note -> host.console().message("note: " + note);
    return diagnose(analysis, new CheckedTexts(analysis, Loading.of(host), notes), notes);
  }

  /** Where the paths of a block start. */
  public static Path folder(DataPlan.Text data) {
    return Plans.folder(data);
  }

  /** Loads the text of a block. */
  public static TextLoader loader(DataPlan.Text data, Caching caching) {
    return new TextLoader(folder(data), caching);
  }

  /** The same; {@code notes} are told what is no fault. */
  public static List<Diagnostic> diagnose(Analysis analysis, Looks looks, Consumer<String> notes) {
    List<Diagnostic> found = new ArrayList<>();
    SequencedMap<DataPlan, TrainingData> read = new LinkedHashMap<>();
    for (DataPlan.Text data : blocks(analysis)) {
      try {
        TextLoader.Look look = looks.at(data);
        if (!look.remark().isEmpty()) {
          notes.accept("`data %s`: %s".formatted(data.name(), look.remark()));
        }
        look.split()
            .ifPresent(split -> {
              TrainingData text = new TrainingText(split, data.packing());
              read.put(data, text);
              text.notices().stream()
                  .filter(Notice::doubtful)
                  .map(notice -> doubtful(data.span(), notice))
                  .forEach(found::add);
            });
      } catch (UserError e) {
        found.add(fault(data.span(), e));
      }
    }
    for (TrainPlan train : analysis.trains()) {
      if (train.data() instanceof DataPlan.Mixture mixture) {
        notes.accept(shares(train, mixture));
      }
      train.recipe().obstacle().ifPresent(error -> found.add(fault(train.span(), error)));
      TrainingData text = read.get(train.data());
      if (text != null) {
        text.obstacle(train.recipe().sequence())
            .ifPresent(error -> found.add(fault(train.span(), error)));
      }
    }
    return found;
  }

  /** Those of text, of this file and of others that its trainings use. */
  private static List<DataPlan.Text> blocks(Analysis analysis) {
    return Stream.concat(
            analysis.data().stream(),
            analysis.trains().stream().map(TrainPlan::data).filter(Objects::nonNull))
        .flatMap(data -> data.parts().stream())
        .filter(DataPlan.Text.class::isInstance)
        .map(DataPlan.Text.class::cast)
        .distinct()
        .toList();
  }

  private static String shares(TrainPlan train, DataPlan.Mixture mixture) {
    long steps = train.recipe().steps();
    String first = shares(mixture, 0, steps);
    String last = shares(mixture, steps - 1, steps);
    return first.equals(last)
        ? "`train %s` reads %s all the time".formatted(train.name(), first)
        : "`train %s` reads %s in its first step, and %s in its last"
            .formatted(train.name(), first, last);
  }

  private static String shares(DataPlan.Mixture mixture, long step, long steps) {
    return mixture.mixed().stream()
        .map(part ->
            "%s `%s`".formatted(Share.percent(part.share().at(step, steps)), part.data().name()))
        .collect(Collectors.joining(", "));
  }

  private static Diagnostic doubtful(Span span, Notice notice) {
    return new Diagnostic(Code.DOUBTFUL_TEXT, span, notice.text(), List.of(), null);
  }

  private static Diagnostic fault(Span span, UserError error) {
    return new Diagnostic(
        Code.TEXT, span, String.valueOf(error.getMessage()), List.of(), error.help());
  }
}
