package dev.swax.runtime.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How a checkpoint's files are opened for writing. */
@FunctionalInterface
public interface FileOpener {
  /** A channel to a new file. */
  FileChannel open(Path path) throws IOException;

  /** A channel to a file that is there already. */
  default FileChannel reopen(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.WRITE);
  }

  /** Files on the disk; one that exists already is an error. */
  static FileOpener disk() {
    return path -> FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }
}
