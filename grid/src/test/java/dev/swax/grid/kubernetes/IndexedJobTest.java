package dev.swax.grid.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.swax.grid.launch.ModelCommand;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a manifest says, and that Kubernetes has words for it. */
class IndexedJobTest {
  private static final List<String> MODELS = List.of("0011223344556677", "8899aabbccddeeff");

  @Test
  void itFollowsTheSchemaOfKubernetes() throws IOException {
    String text = job("recall", "/study").of(MODELS);
    assertThat(schema().validate(text, InputFormat.YAML)).isEmpty();
    assertThat(text)
        .contains("completions: 2\n", "parallelism: 2\n", "memory: 512Mi\n", "cpu: \"1\"\n")
        .contains("exec swax grid cell g.swax --model \"$1\"\n");
  }

  @Test
  void namesOfAllKindsFollowItToo() throws IOException {
    String text = job("Recall_" + "x".repeat(80) + "_", "/it's a #study").of(MODELS);
    assertThat(schema().validate(text, InputFormat.YAML)).isEmpty();
    assertThat(text).contains("workingDir: '/it''s a #study'\n");
  }

  /** The schema is worth something only if it refuses what Kubernetes refuses. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          action: FailIndex ; action: FailCell
          operator: In ; operator: Is
          completionMode: Indexed ; completionMode: NonIndexed
          restartPolicy: Never ; restartPolicy: OnFailure
          values: [2] ; values: []
          backoffLimitPerIndex: 2 ; backoffLimitPerIndex: many
          claimName: study ; claim: study
          memory: 512Mi ; memory: 512MiB
          containers: ; container:
          """)
  void theSchemaRefusesWhatKubernetesRefuses(String right, String wrong) throws IOException {
    String text = job("recall", "/study").of(MODELS);
    assertThat(text).contains(right);
    assertThat(schema().validate(text.replace(right, wrong), InputFormat.YAML)).isNotEmpty();
  }

  @Test
  void whatTheUserCorrectsFailsItsIndexAndWhatIsSavedDoesNotCount() {
    assertThat(job("recall", "/study").of(MODELS))
        .containsSubsequence("FailIndex", "values: [2]", "Ignore", "values: [75]", "Ignore");
  }

  @Test
  void noMorePodsAtATimeThanModels() {
    var many = new IndexedJob("g", command("/"), "i", "c", Path.of("/"), 64, 1, 512);
    assertThat(many.of(MODELS)).contains("parallelism: 2\n");
  }

  @Test
  void aVolumeOrAnImageThatCannotBeIsRefused() {
    Path mount = Path.of("/study");
    assertThatThrownBy(
            () -> new IndexedJob("g", command("/study"), "i", "My Claim", mount, 1, 1, 512))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("`--claim My Claim`");
    assertThatThrownBy(() -> new IndexedJob("g", command("/study"), "a b", "c", mount, 1, 1, 512))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("`--image`");
    assertThatThrownBy(() -> job("g", "/a:b"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("/a:b");
  }

  private static IndexedJob job(String name, String folder) {
    return new IndexedJob(
        name, command(folder), "registry/swax:0.1", "study", Path.of(folder), 64, 1, 512);
  }

  private static ModelCommand command(String folder) {
    return new ModelCommand(Path.of(folder), List.of("swax", "grid", "cell", "g.swax", "--model"));
  }

  private static Schema schema() throws IOException {
    try (InputStream in = IndexedJobTest.class.getResourceAsStream("job-batch-v1.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Objects.requireNonNull(in));
    }
  }
}
