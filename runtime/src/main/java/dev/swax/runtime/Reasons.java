package dev.swax.runtime;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why a file could not be read or written, in words; which file, the message around it says. */
public final class Reasons {
  /** As the library says it. */
  private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*)'", Pattern.DOTALL);

  private Reasons() {}

  /** Begins with a small letter, and names no file. */
  public static String of(IOException exception) {
    return switch (exception) {
      case StreamConstraintsException _ -> "it is nested too deeply, or one value is too long";
      case InputCoercionException large ->
          "it has a number that is too large, at " + place(large.getLocation());
      case JsonProcessingException json -> notJson(json);
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException missing ->
          isFolderThere(missing.getFile()) ? "it does not exist" : "the folder does not exist";
      case FileAlreadyExistsException _ -> "a file of that name is in the way";
      case NotDirectoryException _ -> "not a directory";
      case DirectoryNotEmptyException _ -> "the folder is not empty";
      case FileSystemException other when other.getReason() != null -> small(other.getReason());
      case FileSystemException other -> other.getClass().getSimpleName();
      default -> String.valueOf(exception.getMessage());
    };
  }

  /** That of its cause. */
  public static String of(UncheckedIOException exception) {
    IOException cause = exception.getCause();
    return cause == null ? String.valueOf(exception.getMessage()) : of(cause);
  }

  private static String notJson(JsonProcessingException fault) {
    Matcher twice = TWICE.matcher(String.valueOf(fault.getOriginalMessage()));
    String place = place(fault.getLocation());
    return twice.matches()
        ? "it has the key `%s` twice, the second time at %s"
            .formatted(Visible.harmless(twice.group(1)), place)
        : place.isEmpty() ? "it is not JSON" : "it is not JSON, from " + place;
  }

  private static String place(@Nullable JsonLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static boolean isFolderThere(@Nullable String file) {
    return file != null && Files.isDirectory(Path.of(file).toAbsolutePath().resolveSibling("."));
  }

  private static String small(String text) {
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
