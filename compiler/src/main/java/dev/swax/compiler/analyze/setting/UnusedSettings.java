package dev.swax.compiler.analyze.setting;

import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.analyze.evaluate.SettingUse;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Settings without effect. One of the command line is an error; one of the chosen profile, which
 * may be there for other train blocks, is a warning, and only where the file gives another value.
 */
public final class UnusedSettings {
  private final SettingUse use;
  private final Settings settings;
  private final Module root;

  public UnusedSettings(SettingUse use, Settings settings, Module root) {
    this.use = use;
    this.settings = settings;
    this.root = root;
  }

  /** Those that nothing at all rests on. */
  public List<Diagnostic> unused() {
    return found(setting -> !use.isUsedByModel(setting), "nothing uses it");
  }

  /** Those that change models as they are declared, but nothing that trains one. */
  public List<Diagnostic> untrained() {
    return found(use::isUsedByModel, "no train block, no grid and no `expect` uses it");
  }

  /** What the settings of the command line reach, of those that only some blocks take. */
  public List<SettingReach> reaches() {
    List<SettingReach> reaches = new ArrayList<>();
    for (Declaration.Setting setting : settings.all()) {
      List<String> blocks = use.blocks(setting);
      if (settings.isTyped(setting) && !blocks.isEmpty() && !isFollowed(setting)) {
        reaches.add(new SettingReach(path(setting), setting.span(), blocks));
      }
    }
    return reaches;
  }

  private List<Diagnostic> found(Predicate<Declaration.Setting> meant, String fact) {
    return settings.all().stream()
        .filter(meant)
        .filter(this::isWithoutEffect)
        .filter(setting -> settings.isTyped(setting) || use.replacement(setting) != null)
        .map(setting ->
            diagnostic(
                settings.isTyped(setting) ? Code.SETTING_UNUSED : Code.PROFILE_SETTING_UNUSED,
                setting,
                fact))
        .toList();
  }

  private boolean isWithoutEffect(Declaration.Setting setting) {
    return !use.isUsed(setting) && !isFollowed(setting);
  }

  private boolean isFollowed(Declaration.Setting setting) {
    int at = settings.all().indexOf(setting);
    return settings.all().stream().skip(at + 1L).anyMatch(later -> isSameTarget(setting, later));
  }

  /** Whether a later setting decides instead: {@code train.seq} and {@code small.seq}. */
  private boolean isSameTarget(Declaration.Setting setting, Declaration.Setting later) {
    List<Expression.Name> path = setting.path();
    List<Expression.Name> other = later.path();
    String first = path.getFirst().text();
    String otherFirst = other.getFirst().text();
    boolean sameOwner =
        first.equals(otherFirst) || isKindOf(first, otherFirst) || isKindOf(otherFirst, first);
    return sameOwner
        && Math.min(path.size(), 2) == Math.min(other.size(), 2)
        && (path.size() == 1 || path.get(1).text().equals(other.get(1).text()));
  }

  private boolean isKindOf(String kind, String name) {
    return root.declarations().stream().anyMatch(d -> Settings.isKind(kind, d, name));
  }

  private Diagnostic diagnostic(Code code, Declaration.Setting setting, String fact) {
    Span replacement = use.replacement(setting);
    Declaration.Setting overruling = use.overruling(setting);
    List<Diagnostic.Note> notes = new ArrayList<>();
    if (replacement != null) {
      String key = setting.path().get(1).text();
      notes.add(new Diagnostic.Note(replacement, "here `%s` gets its own value".formatted(key)));
    }
    if (overruling != null) {
      notes.add(
          new Diagnostic.Note(
              overruling.span(), "`%s` is used instead".formatted(path(overruling))));
    }
    return new Diagnostic(
        code,
        setting.span(),
        "`%s` is set, but %s".formatted(path(setting), fact),
        notes,
        help(setting, replacement));
  }

  private static String path(Declaration.Setting setting) {
    return setting.path().stream().map(Expression.Name::text).collect(Collectors.joining("."));
  }

  /** {@code model.width = 128} holds in every model, whatever calls give. */
  private @Nullable String help(Declaration.Setting setting, @Nullable Span replacement) {
    String first = setting.path().getFirst().text();
    boolean model =
        root.declarations().stream()
            .anyMatch(d -> d instanceof Declaration.Model && d.name().text().equals(first));
    if (!model || replacement == null) {
      return null;
    }
    String keys =
        setting.path().stream().skip(1).map(Expression.Name::text).collect(Collectors.joining("."));
    return "`model.%s=%s` sets it in every model, even where a call gives another value"
        .formatted(keys, setting.value().span().text());
  }
}
