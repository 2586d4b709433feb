package dev.swax.formats;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.metadata.RepetitionType;
import dev.hardwood.schema.FileSchema;
import dev.hardwood.schema.SchemaNode;
import dev.swax.runtime.UserError;
import dev.swax.runtime.Visible;
import dev.swax.runtime.data.format.SourceFile;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the column of texts, and says what a file has instead. */
final class ParquetSchema {
  private static final int SHOWN = 10;

  private ParquetSchema() {}

  /** The number of the column of that name, which has to hold texts. */
  static int textColumn(SourceFile file, FileSchema schema, String name) {
    List<SchemaNode> columns = schema.getRootNode().children();
    SchemaNode column = find(columns, name);
    long called = columns.stream().filter(one -> one.name().equals(name)).count();
    if (called > 1) {
      throw new UserError(
          "`%s` has %d columns called `%s`".formatted(file.name(), called, name),
          "write it again with different names");
    }
    if (column != null && isText(column)) {
      return ((SchemaNode.PrimitiveNode) column).columnIndex();
    }
    if (column != null) {
      throw new UserError(
          "the column `%s` of `%s` is %s, but text is expected; it has %s"
              .formatted(name, file.name(), type(column), listed(columns)),
          help(columns));
    }
    throw new UserError(
        "`%s` has no column `%s`; it has %s".formatted(file.name(), name, listed(columns)),
        help(columns));
  }

  /** The column of that name, or the one that its parts lead to: {@code message.text}. */
  private static @Nullable SchemaNode find(List<SchemaNode> columns, String name) {
    for (SchemaNode column : columns) {
      if (column.name().equals(name)) {
        return column;
      }
    }
    for (SchemaNode column : columns) {
      if (name.startsWith(column.name() + ".")
          && column instanceof SchemaNode.GroupNode group
          && isSingle(group)) {
        return find(group.children(), name.substring(column.name().length() + 1));
      }
    }
    return null;
  }

  /** Whether each row has at most one of them. */
  private static boolean isSingle(SchemaNode.GroupNode group) {
    return !group.isList() && !group.isMap() && group.repetitionType() != RepetitionType.REPEATED;
  }

  private static boolean isText(SchemaNode column) {
    return column instanceof SchemaNode.PrimitiveNode leaf
        && leaf.type() == PhysicalType.BYTE_ARRAY
        && leaf.repetitionType() != RepetitionType.REPEATED
        && switch (leaf.logicalType()) {
          case null -> true; // older writers do not say it
          case LogicalType.StringType _, LogicalType.EnumType _, LogicalType.JsonType _ -> true;
          default -> false;
        };
  }

  private static String type(SchemaNode column) {
    return switch (column) {
      case SchemaNode.GroupNode group when group.isList() -> "a list";
      case SchemaNode.GroupNode group when group.isMap() -> "a map";
      case SchemaNode.GroupNode _ -> "a group";
      case SchemaNode.PrimitiveNode leaf when leaf.repetitionType() == RepetitionType.REPEATED ->
          "a list";
      case SchemaNode.PrimitiveNode leaf when isText(leaf) -> "text";
      case SchemaNode.PrimitiveNode leaf when leaf.logicalType() != null ->
          leaf.logicalType().toString().toLowerCase(Locale.ROOT);
      case SchemaNode.PrimitiveNode leaf -> leaf.type().name().toLowerCase(Locale.ROOT);
    };
  }

  private static String listed(List<SchemaNode> columns) {
    String first =
        columns.stream()
            .limit(SHOWN)
            .map(column -> "`%s` (%s)".formatted(Visible.harmless(column.name()), type(column)))
            .collect(Collectors.joining(", "));
    int more = columns.size() - SHOWN;
    return columns.isEmpty() ? "none" : more > 0 ? first + " and %d more".formatted(more) : first;
  }

  private static @Nullable String help(List<SchemaNode> columns) {
    return columns.stream()
        .filter(ParquetSchema::isText)
        .map(column -> "for example `field = \"%s\"`".formatted(Visible.harmless(column.name())))
        .findFirst()
        .orElse(null);
  }
}
