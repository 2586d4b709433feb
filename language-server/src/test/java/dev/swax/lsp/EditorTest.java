package dev.swax.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with an editor whose server may not fail. */
abstract class EditorTest {
  static final String FILE = "study.swax";

  /** A file without faults that has something of everything. */
  static final String TEXT =
      """
      edition 1
      import "std/models"
      import "std/cells"

      /// Short or long.
      window drawn = sample per batch { 64: 50%, 256: rest } until 90% then 256

      let half = 128 / 2

      model hybrid = swax with { width = 2 * half, blocks = 4, heads = 4, window = drawn }

      model other = hybrid with { layers = blocks / 2 * [memory, full] }

      data libraries {
        files = ["*.java"]
      }

      train main {
        model = hybrid
        data = libraries
        seq = 512 tok
        batch = 8 * seq
        budget = 600 step
        lr = warmup_cosine(peak: 4e-3, warmup: 5%)
      }

      cell decayed(heads = 2, key = 8, value = width / heads) {
        q, k: [key] = linear(x)
        v: [value] = linear(x)
        state S: [key, value]
        S' = 0.9 * S + outer(k, v)
        out = linear(q . S')
      }

      profile tiny {
        train.seq = 64 tok
        hybrid.width = 32
      }

      grid compared "Two models" {
        using main
        column "{u}" for u in [4, 64] = hybrid(window: u)
        row size = parameters / 1e6
        row bits = size * 32
      }
      """;

  @TempDir Path folder;
  private Editor editor;

  @BeforeEach
  void start() {
    editor = new Editor(folder);
  }

  @AfterEach
  void end() {
    editor.close();
    assertThat(editor.faults()).isEmpty();
  }

  Editor editor() {
    return editor;
  }
}
