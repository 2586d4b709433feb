package dev.swax.compiler.codegen;

import dev.swax.compiler.lower.Block.BlockParameter;
import dev.swax.compiler.plan.BlockPlan;
import dev.swax.compiler.plan.ModelPlan;
import java.util.stream.Collectors;

/** The Javadoc of a generated class: where it is declared and what its layers hold. */
public final class ClassComment {
  private ClassComment() {}

  public static String of(ModelPlan plan) {
    var architecture = plan.model().architecture();
    var text = new StringBuilder();
    text.append("Model {@code ")
        .append(SourceText.of(architecture.name()))
        .append("}, declared at ");
    text.append(SourceText.of(architecture.span().toString()))
        .append(": width ")
        .append(architecture.width());
    text.append(", ").append(architecture.layers().size()).append(" layers, vocabulary ");
    text.append(architecture.vocabulary()).append(".\n\n<ul>\n");
    for (BlockPlan block : plan.blocks()) {
      text.append("<li>").append(SourceText.of(block.block().name())).append(": weights ");
      text.append(
          block.block().parameters().stream()
              .map(ClassComment::parameter)
              .collect(Collectors.joining(", ")));
      text.append("; keeps ").append(block.savedColumns()).append(" floats a token\n");
    }
    return text.append("</ul>\n").toString();
  }

  private static String parameter(BlockParameter parameter) {
    return "%s [%s, %s]"
        .formatted(SourceText.of(parameter.name()), parameter.rows(), parameter.columns());
  }
}
