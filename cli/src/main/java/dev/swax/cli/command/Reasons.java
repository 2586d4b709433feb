package dev.swax.cli.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be read or written, in words. */
final class Reasons {
  private Reasons() {}

  static String of(IOException exception) {
    return switch (exception) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "the folder does not exist";
      case FileAlreadyExistsException _ -> "a file of that name is in the way";
      default -> String.valueOf(exception.getMessage());
    };
  }
}
