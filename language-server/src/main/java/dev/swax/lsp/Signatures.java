package dev.swax.lsp;

import dev.swax.compiler.analyze.symbol.Site;
import dev.swax.compiler.analyze.symbol.Symbol;
import dev.swax.compiler.analyze.symbol.Symbols;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.ParameterInformation;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureInformation;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of the call around a place, and which of them is being written. They are those that
 * could be written there if the call had none.
 */
final class Signatures {
  private final Completions completions;

  Signatures(Completions completions) {
    this.completions = completions;
  }

  Optional<SignatureHelp> at(Study study, Position position) {
    SourceFile file = study.file();
    return OpenCall.around(file, Positions.offset(file, position)).flatMap(this::help);
  }

  private Optional<SignatureHelp> help(OpenCall call) {
    Span inside = call.inside();
    List<Symbol> arguments =
        Symbols.site(completions.reading(inside.file(), inside, ""), inside.start())
            .map(Site::keys)
            .orElse(List.of());
    if (arguments.isEmpty()) {
      return Optional.empty();
    }
    String names = arguments.stream().map(Symbol::name).collect(Collectors.joining(", "));
    var signature = new SignatureInformation("%s(%s)".formatted(call.callee(), names));
    signature.setParameters(arguments.stream().map(Signatures::parameter).toList());
    return Optional.of(new SignatureHelp(List.of(signature), 0, active(call, arguments)));
  }

  private static ParameterInformation parameter(Symbol argument) {
    var parameter = new ParameterInformation(argument.name());
    String text = "```swax\n%s\n```\n%s".formatted(argument.detail(), argument.documentation());
    parameter.setDocumentation(new MarkupContent(MarkupKind.MARKDOWN, text.strip()));
    return parameter;
  }

  /** By its name, else by its place; null where there are not so many. */
  private static @Nullable Integer active(OpenCall call, List<Symbol> arguments) {
    int place =
        call.name().isEmpty()
            ? call.before()
            : IntStream.range(0, arguments.size())
                .filter(i -> arguments.get(i).name().equals(call.name()))
                .findFirst()
                .orElse(arguments.size());
    return place < arguments.size() ? Integer.valueOf(place) : null;
  }
}
