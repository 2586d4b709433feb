package dev.swax.runtime.file;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A folder for what is believed when it is read again, such as code: only this user, and the
 * system's own, can have written what is in it.
 */
public final class OwnFolder {
  private static final int WRITTEN_BY_OTHERS = 0022;
  private static final int STICKY = 01000;
  private static final long SYSTEM = 0;

  private OwnFolder() {}

  /** Makes it, and the folders above that are missing, for nobody but this user. */
  public static void create(Path folder) throws IOException {
    Files.createDirectories(folder, isPosix(folder) ? own() : new FileAttribute<?>[0]);
  }

  private static FileAttribute<?>[] own() {
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
    };
  }

  /**
   * Who else could have put something there, as the end of a sentence about it; empty if nobody.
   * Where the system has no owners and modes as Unix has them, it is the user's own as it is.
   *
   * @param folder without links: what a link points to is somebody else's to change
   */
  public static Optional<String> strangers(Path folder) throws IOException {
    if (!isPosix(folder)) {
      return Optional.empty();
    }
    long user = new UnixSystem().getUid();
    for (Path place = folder; place != null; place = place.getParent()) {
      long owner = Integer.toUnsignedLong(number(place, "unix:uid"));
      int mode = number(place, "unix:mode");
      boolean above = !place.equals(folder);
      if (owner != user && !(above && owner == SYSTEM)) {
        return Optional.of("%s belongs to another user".formatted(place));
      }
      if ((mode & WRITTEN_BY_OTHERS) != 0 && !(above && (mode & STICKY) != 0)) {
        return Optional.of("other users may write to %s".formatted(place));
      }
    }
    return Optional.empty();
  }

  private static int number(Path place, String attribute) throws IOException {
    return (int) Files.getAttribute(place, attribute);
  }

  private static boolean isPosix(Path folder) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("unix");
  }
}
