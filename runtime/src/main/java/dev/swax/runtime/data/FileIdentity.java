package dev.swax.runtime.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What is equal for all paths and links that lead to one file, and differs between files. */
final class FileIdentity {
  private FileIdentity() {}

  static Object of(Path path) throws IOException {
    return of(path, Files.readAttributes(path, BasicFileAttributes.class));
  }

  /** {@code attributes}: of the file at the end of all links. */
  static Object of(Path path, BasicFileAttributes attributes) throws IOException {
    Object key = attributes.fileKey();
    return key == null ? path.toRealPath() : key; // not every file system has keys
  }
}
