package dev.swax.runtime.train;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Parameters that train with another rate or decay.
 *
 * @param names what they are called: words of a parameter's name that follow each other, with dots
 *     between them; {@code *} stands for any part of a word
 * @param rate what the learning rate is multiplied by
 * @param decay instead of the optimizer's; null: as it would be
 */
public record ParameterGroup(List<String> names, double rate, @Nullable Double decay) {
  public ParameterGroup {
    names = List.copyOf(names);
  }

  /** Whether a parameter belongs to it. */
  public boolean has(String parameter) {
    return names.stream().anyMatch(name -> matches(name, parameter));
  }

  /** Whether a name means a parameter: {@code memory} means {@code layers.0.memory.q}. */
  public static boolean matches(String name, String parameter) {
    String words =
        Stream.of(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^.]*"));
    return Pattern.compile("(.*\\.)?" + words + "(\\..*)?").matcher(parameter).matches();
  }

  /** As it is written. */
  public String describe() {
    String all = names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
    String list = names.size() == 1 ? all : "[" + all + "]";
    String decays = decay == null ? "" : ", decay: " + decay;
    return "group(%s, lr: %s%s)".formatted(list, rate, decays);
  }
}
