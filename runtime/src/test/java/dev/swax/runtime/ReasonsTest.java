package dev.swax.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What the system says of files is said in words, without the name of the file. */
class ReasonsTest {
  @TempDir Path folder = Path.of("");

  @Test
  void ofWhatTheSystemRefuses() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    says("a file of that name is in the way", () -> Files.createDirectory(file));
    says("a file of that name is in the way", () -> Files.createDirectories(file));
    says("not a directory", () -> Files.writeString(file.resolve("x"), ""));
    says("it does not exist", () -> Files.readString(folder.resolve("none")));
    says("the folder does not exist", () -> Files.writeString(folder.resolve("none/x"), ""));
    says("the folder is not empty", () -> Files.delete(folder));
  }

  @Test
  void ofWhatHasOnlyTheNameOfTheFile() {
    assertThat(Reasons.of(new AccessDeniedException("a/b"))).isEqualTo("permission denied");
    assertThat(Reasons.of(new NotDirectoryException("a/b"))).isEqualTo("not a directory");
    assertThat(Reasons.of(new FileSystemException("a/b"))).doesNotContain("a/b");
    assertThat(Reasons.of(new FileSystemException("a/b", null, "Read-only file system")))
        .isEqualTo("read-only file system");
  }

  @Test
  void ofWhatIsJsonAndCannotBeTaken() {
    var mapper = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    says("it is not JSON, from line 1, column 6", () -> mapper.readTree("{\"a\" 1}"));
    says(
        "it has the key `a` twice, the second time at line 2, column 5",
        () -> mapper.readTree("{\"a\": 1,\n \"a\": 2}"));
    says(
        "it has a number that is too large, at line 1, column 11",
        () -> {
          try (var parser = mapper.createParser("4000000000")) {
            parser.nextToken();
            parser.getIntValue();
          }
        });
    says(
        "it is nested too deeply, or one value is too long",
        () -> mapper.readTree("[".repeat(2000)));
  }

  private static void says(String reason, Executable refused) {
    try {
      refused.execute();
    } catch (IOException e) {
      assertThat(Reasons.of(e)).isEqualTo(reason);
      return;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("not refused: " + reason);
  }
}
