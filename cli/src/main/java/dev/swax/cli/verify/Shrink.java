package dev.swax.cli.verify;

import dev.swax.cli.input.Input;
import dev.swax.cli.input.SavedModules;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.facts.ParameterCount;
import dev.swax.compiler.lower.Block;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.syntax.SyntaxFile;
import dev.swax.runtime.UserError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a model that can be checked in seconds: the same text with smaller numbers, a few
 * tokens, and at most two layers of each kind. Which numbers are sizes is found by trying: a
 * smaller one stays if the file still makes sense with it, the model computes the same, norms have
 * something to run over, and there is less of everything.
 */
final class Shrink {
  /**
   * What a norm needs to run over. Of two channels it leaves little more than a sign, and its
   * gradient is what large terms leave when they cancel.
   */
  private static final int FEWEST_CHANNELS = 8;

  private static final long MOST_WEIGHTS = 2_000_000;
  private static final int VOCABULARY = 31;
  private static final int META_TOKENS = 5;
  private static final int LAYERS_OF_A_KIND = 2;
  private static final int MOST_LAYERS = 8;

  /** No number becomes smaller than this, round by round, until all of it is small enough. */
  private static final List<Integer> FLOORS = List.of(32, 16, 8, 8, 4, 4, 2, 2);

  private static final int LEAST_OF_A_PAIR = 4;

  /** Numbers of a kind of layer that are checked in a second. */
  private static final long ENOUGH = 10_000;

  /** A count and no time: the copy is the same on every machine. */
  private static final int MOST_TRIES = 400;

  private final Input input;
  private final Function<Analysis, Optional<Architecture>> choice;
  private final WrittenNumbers written;
  private final Sizes original;
  private final int channels;
  private final long enough;

  private Architecture best;
  private Sizes sizes;
  private List<Long> values;
  private int tries;

  /** Places of numbers that are no sizes: the model is as large with others there. */
  private final Set<Integer> other = new LinkedHashSet<>();

  private Shrink(Input input, Analysis analysis, Architecture model) {
    Optional<TrainPlan> train =
        analysis.trains().stream().filter(plan -> model.equals(plan.architecture())).findFirst();
    this.choice =
        smaller ->
            train.isPresent()
                ? smaller
                    .findTrain(train.get().name())
                    .flatMap(plan -> Optional.ofNullable(plan.architecture()))
                : smaller.findModel(model.name());
    this.input = input;
    this.written = numbers(train.map(TrainPlan::name).orElse(model.name()));
    this.original = new Sizes(model);
    this.channels = Math.min(FEWEST_CHANNELS, original.narrowestSum());
    this.enough = ENOUGH * original.kinds();
    this.best = model;
    this.sizes = original;
    this.values = written.values();
  }

  /** The small copy of a model of a file. */
  static Architecture shrink(Input input, Analysis analysis, Architecture model) {
    var shrink = new Shrink(input, analysis, model);
    shrink.search();
    return accepted(model.name(), fewLayers(shrink.best));
  }

  /** The numbers of the text that the model is made of. Settings have to find what they set. */
  private WrittenNumbers numbers(String name) {
    SyntaxFile file = input.parse();
    List<SourceFile> imports = input.imports();
    List<SyntaxFile> files = new ArrayList<>(List.of(file));
    imports.forEach(imported -> files.add(Parser.parse(imported, new Diagnostics())));
    String profile = input.profile() == null ? "" : input.profile();
    var madeOf = new MadeOf(files, name + " " + profile + " " + String.join(" ", input.settings()));
    List<SourceFile> texts = new ArrayList<>();
    texts.add(
        input.settings().isEmpty() && input.profile() == null
            ? madeOf.alone(file)
            : MadeOf.withoutExpectations(file));
    texts.addAll(imports);
    input.settings().forEach(setting -> texts.add(new SourceFile("", setting)));
    return new WrittenNumbers(
        texts, (text, place) -> text.name().isEmpty() || madeOf.contains(text, place));
  }

  private void search() {
    FLOORS.forEach(this::round);
    if (sizes.numbers() > enough && pairs()) {
      FLOORS.subList(2, FLOORS.size()).forEach(this::round);
    }
  }

  private void round(int floor) {
    new TreeSet<>(values).descendingSet().forEach(value -> everywhere(value, floor));
    for (int place : largestFirst()) {
      lower(List.of(place), floor);
    }
  }

  /** Two at once: a width cannot become smaller than heads that alone make nothing smaller. */
  private boolean pairs() {
    for (int first : largestFirst()) {
      for (int second : largestFirst()) {
        if (first != second && pair(first, second)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean pair(int first, int second) {
    for (long fewer : smaller(values.get(second), LEAST_OF_A_PAIR)) {
      for (long less : smaller(values.get(first), FEWEST_CHANNELS)) {
        if (other.contains(first) || other.contains(second) || tries == MOST_TRIES) {
          return false;
        }
        List<Long> changed = new ArrayList<>(values);
        changed.set(first, less);
        changed.set(second, fewer);
        if (attempt(changed, List.of())) {
          return true;
        }
      }
    }
    return false;
  }

  private List<Integer> largestFirst() {
    return places().sorted(Comparator.comparing(values::get).reversed()).toList();
  }

  private Stream<Integer> places() {
    return IntStream.range(0, values.size()).boxed();
  }

  /** A number that stands in several places is most often one size. */
  private void everywhere(long value, int floor) {
    List<Integer> places = places().filter(place -> values.get(place) == value).toList();
    if (places.size() > 1) {
      lower(places, floor);
    }
  }

  /** Puts the least number there that will do. */
  private void lower(List<Integer> places, int floor) {
    for (long less : smaller(values.get(places.getFirst()), floor)) {
      if (sizes.numbers() <= enough || other.containsAll(places) || tries == MOST_TRIES) {
        return;
      }
      List<Long> changed = new ArrayList<>(values);
      places.forEach(place -> changed.set(place, less));
      if (attempt(changed, places)) {
        return;
      }
    }
  }

  /**
   * Keeps those numbers if they will do; {@code places}: where they differ from those there are.
   */
  private boolean attempt(List<Long> changed, List<Integer> places) {
    tries++;
    return analyze(written.with(changed))
        .flatMap(choice)
        .filter(model -> accept(model, changed, places))
        .isPresent();
  }

  /** Powers of two, and the number divided by them: what it has to divide by often is in there. */
  private static SortedSet<Long> smaller(long value, int floor) {
    SortedSet<Long> smaller = new TreeSet<>();
    for (long power = 2; power < value; power *= 2) {
      smaller.add(power);
      if (value % power == 0) {
        smaller.add(value / power);
      }
    }
    return smaller.tailSet((long) floor);
  }

  private boolean accept(Architecture model, List<Long> changed, List<Integer> places) {
    var smaller = new Sizes(model);
    if (smaller.numbers() == sizes.numbers()) {
      other.addAll(places);
    }
    if (smaller.numbers() >= sizes.numbers()
        || smaller.narrowestSum() < channels
        || !original.keptBy(smaller)) {
      return false;
    }
    best = model;
    sizes = smaller;
    values = changed;
    return true;
  }

  private Optional<Analysis> analyze(List<SourceFile> texts) {
    int imports = texts.size() - input.settings().size();
    var copy =
        new Input(
            texts.getFirst(),
            input.profile(),
            texts.subList(imports, texts.size()).stream().map(SourceFile::text).toList(),
            false,
            new SavedModules(texts.subList(1, imports)));
    return copy.findAnalysis(new Diagnostics());
  }

  /** At most two layers of each kind, and few tokens. */
  private static Architecture fewLayers(Architecture model) {
    List<Integer> order = LowerModel.lower(model).order();
    Map<Integer, Integer> counts = new LinkedHashMap<>();
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < order.size() && kept.size() < MOST_LAYERS; i++) {
      if (counts.merge(order.get(i), 1, Integer::sum) <= LAYERS_OF_A_KIND) {
        kept.add(i);
      }
    }
    return with(model, Layer.some(model.layers(), kept));
  }

  /** The same model with other layers. */
  static Architecture with(Architecture model, List<Layer> layers) {
    return new Architecture(
        model.name(),
        model.span(),
        model.documentation(),
        model.width(),
        Math.min(model.vocabulary(), VOCABULARY),
        model.options().withMetaOfAtMost(META_TOKENS),
        model.norm(),
        layers,
        model.windows(),
        List.of());
  }

  private static Architecture accepted(String name, Architecture small) {
    long weights = ParameterCount.of(small).total();
    if (weights > MOST_WEIGHTS) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "`%s` cannot be made small enough to check: at width %d it still has %,d weights, and"
                  + " with more than %,d a check takes minutes; %s",
              name,
              small.width(),
              weights,
              MOST_WEIGHTS,
              largest(small)),
          "write the sizes that it is made of as numbers, or compute them from `width`");
    }
    return small;
  }

  /** What has most of the weights. */
  private static @Nullable String largest(Architecture model) {
    return LowerModel.lower(model).kinds().stream()
        .map(Block::parameters)
        .flatMap(List::stream)
        .max(Comparator.comparingLong(Block.BlockParameter::size))
        .map(parameter ->
            "`%s` alone is %d x %d"
                .formatted(parameter.name(), parameter.rows(), parameter.columns()))
        .orElse(null);
  }
}
