package dev.swax.lsp;

import dev.swax.compiler.analyze.evaluate.Choices;
import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.analyze.symbol.Site;
import dev.swax.compiler.analyze.symbol.Symbol;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** Items that replace one word: keys first, then what fits the place, then all that is in sight. */
final class CompletionItems {
  private final Span word;
  private final Map<String, CompletionItem> items = new LinkedHashMap<>();

  CompletionItems(Span word) {
    this.word = word;
  }

  List<CompletionItem> all() {
    return new ArrayList<>(items.values());
  }

  void site(Site site, Module module) {
    String sign = isFollowedBySign() ? "" : site.sign();
    site.keys().forEach(key -> symbol(key, sign, "0"));
    words(site.words());
    if (site.values().isEmpty()) {
      return;
    }
    List<String> fitting = Choices.of(site.wanted(), module);
    for (Symbol value : site.values()) {
      symbol(value, "", fitting.contains(value.name()) ? "1" : value.place() != null ? "2" : "3");
    }
    fitting.forEach(name -> item(name, CompletionItemKind.EnumMember, "1"));
  }

  /** Words of the language. */
  void words(List<String> words) {
    words.forEach(text -> item(text, CompletionItemKind.Keyword, "4"));
  }

  /** {@code touching}: multipliers, which stand at the number itself. */
  void units(boolean touching) {
    Stream<String> written =
        touching
            ? Stream.concat(
                Stream.of(Expression.Multiplier.values()).map(Expression.Multiplier::written),
                Stream.of(Expression.Unit.PERCENT.written()))
            : Stream.of(Expression.Unit.TOKEN, Expression.Unit.STEP).map(Expression.Unit::written);
    written
        .filter(text -> !text.isEmpty())
        .forEach(text -> unit(touching ? word.text() + text : text));
  }

  private void unit(String text) {
    item(text, CompletionItemKind.Unit, "0");
  }

  private void symbol(Symbol symbol, String sign, String order) {
    CompletionItem item = item(symbol.name(), Kinds.ofCompletion(symbol.kind()), order);
    item.setDetail(symbol.detail());
    if (!symbol.documentation().isEmpty()) {
      item.setDocumentation(
          Either.forRight(new MarkupContent(MarkupKind.MARKDOWN, symbol.documentation())));
    }
    if (!sign.isEmpty()) {
      item.setTextEdit(Either.forLeft(edit(symbol.name() + sign)));
    }
  }

  private CompletionItem item(String label, CompletionItemKind kind, String order) {
    return items.computeIfAbsent(
        label,
        text -> {
          var item = new CompletionItem(text);
          item.setKind(kind);
          item.setSortText(order + text);
          item.setTextEdit(Either.forLeft(edit(text)));
          return item;
        });
  }

  private TextEdit edit(String text) {
    return new TextEdit(Positions.range(word), text);
  }

  private boolean isFollowedBySign() {
    String rest = word.file().text().substring(word.end()).stripLeading();
    return (rest.startsWith("=") && !rest.startsWith("==")) || rest.startsWith(":");
  }
}
