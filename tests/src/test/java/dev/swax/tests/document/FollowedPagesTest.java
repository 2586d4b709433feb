package dev.swax.tests.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.tests.cli.Installation;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The quickstart and each how-to, done as they say, in a folder with the text of the quickstart.
 * What takes long is done with {@code mvn verify -Pdocuments}.
 */
class FollowedPagesTest {
  /** Only pages whose path has this in it. */
  private static final String PAGE = System.getProperty("swax.documents.page", "");

  /** Of a fixed length, whatever is added to the documents: pages show its numbers. */
  private static final String TEXT =
      "mkdir text && cat $SWAX/docs/*.md | head -n 3000 > text/docs.txt";

  @TempDir Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> quickly() {
    return tests(false);
  }

  @Tag("documents")
  @TestFactory
  Stream<DynamicTest> whole() {
    return tests(true);
  }

  private Stream<DynamicTest> tests(boolean whole) {
    return Documents.followed().stream()
        .filter(page -> page.toString().contains(PAGE))
        .filter(page -> page.blocks().stream().anyMatch(Page.Block::isSlow) || !whole)
        .map(page -> DynamicTest.dynamicTest(page.toString(), () -> follow(page, whole)));
  }

  private void follow(Page page, boolean whole) throws Exception {
    Path swax = Installation.in(folder.resolve("swax" + System.nanoTime())).launcher();
    Path place = folder.resolve(page.file().getFileName() + (whole ? ".whole" : ""));
    var reader = new Reader(place, swax);
    if (!page.text().contains("> text/docs.txt")) {
      reader.type(TEXT);
    }
    reader.follow(page, block -> whole || !block.isSlow());
  }

  @Test
  void everyFileOfThemIsWritten() {
    for (Page page : Documents.followed()) {
      assertThat(page.blocksOf("swax"))
          .as("%s: a comment `file` or `add` is before each block of a file", page)
          .noneMatch(block -> block.kind() == Page.Kind.OTHER);
    }
  }
}
