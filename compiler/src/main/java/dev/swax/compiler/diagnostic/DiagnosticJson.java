package dev.swax.compiler.diagnostic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.compiler.source.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints diagnostics for programs: an array of objects with {@code code, severity, message, file,
 * line, column, endLine, endColumn, notes, help}. Lines and columns count from 1, columns in UTF-16
 * units; the end is not included; {@code help} is null where there is none. A remark on a whole
 * file has the same fields; its severity is {@code note}, and its code is null.
 */
public final class DiagnosticJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private DiagnosticJson() {}

  /** The array, ending in a line break. */
  public static String render(List<Diagnostic> diagnostics) {
    return render(diagnostics, new LinkedHashMap<>());
  }

  /** The same with remarks on files behind them, by the name of the file. */
  public static String render(List<Diagnostic> diagnostics, Map<String, List<String>> remarks) {
    ArrayNode array = MAPPER.createArrayNode();
    for (Diagnostic diagnostic : diagnostics) {
      ObjectNode object = array.addObject();
      object.put("code", diagnostic.code().label());
      object.put("severity", diagnostic.code().severity().name().toLowerCase(Locale.ROOT));
      object.put("message", diagnostic.message());
      place(object, diagnostic.span());
      ArrayNode notes = object.putArray("notes");
      for (Diagnostic.Note note : diagnostic.notes()) {
        ObjectNode inner = notes.addObject().put("message", note.message());
        place(inner, note.span());
      }
      object.put("help", diagnostic.help());
    }
    remarks.forEach((file, texts) -> texts.forEach(text -> remark(array.addObject(), file, text)));
    try {
      var indenter = new DefaultIndenter("  ", "\n");
      var printer = new DefaultPrettyPrinter();
      printer.indentObjectsWith(indenter);
      printer.indentArraysWith(indenter);
      return MAPPER.writer(printer).writeValueAsString(array) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new AssertionError("a tree of texts and numbers can always be written", impossible);
    }
  }

  private static void remark(ObjectNode object, String file, String text) {
    object.putNull("code");
    object.put("severity", "note").put("message", text).put("file", file);
    List.of("line", "column", "endLine", "endColumn").forEach(place -> object.put(place, 1));
    object.putArray("notes");
    object.putNull("help");
  }

  private static void place(ObjectNode object, Span span) {
    Span end = new Span(span.file(), span.end(), span.end());
    object.put("file", span.file().name());
    object.put("line", span.line());
    object.put("column", span.column());
    object.put("endLine", end.line());
    object.put("endColumn", end.column());
  }
}
