package dev.swax.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class ShortageTest {
  @Test
  void aShortageIsFoundHoweverDeep() {
    var heap = new RuntimeException(new OutOfMemoryError("Java heap space"));
    assertThat(help(heap)).contains("-Xmx8g");
    assertThat(help(new OutOfMemoryError("unable to create native thread: possibly out of memory")))
        .contains("ulimit -u");
    var files = new UncheckedIOException("x", new IOException("a.jar: Too many open files"));
    assertThat(help(new IllegalStateException(files))).contains("ulimit -n");
    var javac = new IllegalStateException("javac refuses A:\n  lib.jar: Too many open files");
    assertThat(help(javac)).contains("ulimit -n");
  }

  @Test
  void otherFailuresAreNone() {
    assertThat(Shortage.find(new IllegalStateException())).isEmpty();
    var one = new IllegalStateException("a");
    one.initCause(new IllegalStateException("b", one));
    assertThat(Shortage.find(one)).isEmpty();
  }

  private static String help(Throwable failure) {
    return Shortage.find(failure).orElseThrow().help();
  }
}
