package dev.swax.cli.command;

import dev.swax.compiler.model.Cut;
import java.util.Arrays;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;

/**
 * Reads {@code memory}, {@code window} or {@code attention}, {@code =mean} behind it or not, or the
 * two words {@code layers 0,2}.
 */
final class CutOption implements IParameterConsumer {
  private static final String LAYERS = Cut.Pathway.LAYERS.text();
  private static final String PARTS =
      "`memory`, `window`, `attention`, `memory=mean` or `layers 0,2`";

  @Override
  public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
    if (option.getValue() instanceof Cut cut && !cut.isNone()) {
      throw new OverwrittenOptionException(
          command.commandLine(), option, "`--cut` is given twice, and one cut can be made");
    }
    String part = words.isEmpty() ? "" : words.pop();
    option.setValue(part.equals(LAYERS) ? layers(words, command) : pathway(part, command));
  }

  private static Cut pathway(String part, CommandSpec command) {
    boolean mean = part.endsWith(Cut.MEAN);
    String name = mean ? part.substring(0, part.length() - Cut.MEAN.length()) : part;
    return Cut.Pathway.find(name)
        .map(Cut::of)
        .map(cut -> mean ? cut.with(Cut.Filling.MEAN) : cut)
        .orElseThrow(() ->
            new ParameterException(
                command.commandLine(),
                "`--cut` expects %s, but this is `%s`".formatted(PARTS, part)));
  }

  private static Cut layers(Stack<String> words, CommandSpec command) {
    String text = words.isEmpty() ? "" : words.pop();
    if (!text.matches("[0-9]{1,6}(,[0-9]{1,6})*")) {
      throw new ParameterException(
          command.commandLine(),
          "`--cut layers` expects the numbers of layers, counted from 0 (`--cut layers 0,2`), but this is `%s`"
              .formatted(text));
    }
    List<Integer> layers = Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
    return Cut.ofLayers(layers);
  }
}
