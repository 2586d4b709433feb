package dev.swax.tests.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.hub.exchange.ExportPlan;
import dev.swax.hub.exchange.ImportPlan;
import dev.swax.hub.folder.TextLength;
import dev.swax.hub.match.Sketch;
import dev.swax.runtime.UserError;
import dev.swax.tests.Golden;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every class: the text that an import writes, its tensors, and the way back. */
class PublishedClassTest {
  @TestFactory
  Stream<DynamicTest> isWrittenAsAPersonWould() {
    return HubFixture.all()
        .map(fixture ->
            DynamicTest.dynamicTest(
                fixture.name(),
                () ->
                    Golden.check(
                        fixture.folder().resolve(fixture.name() + ".swax"),
                        fixture.plan().text())));
  }

  @TestFactory
  Stream<DynamicTest> hasTheTensorsThatTransformersHas() {
    return HubFixture.all()
        .filter(fixture -> !fixture.hasWeights())
        .map(fixture ->
            DynamicTest.dynamicTest(
                fixture.name(),
                () -> {
                  List<String> tensors = new ArrayList<>();
                  fixture
                      .plan()
                      .blueprint()
                      .weights()
                      .shapes()
                      .forEach((name, shape) -> tensors.add(name + " " + shape));
                  assertThat(tensors)
                      .containsExactlyInAnyOrderElementsOf(
                          Golden.read(fixture.folder().resolve("tensors.txt")).lines().toList());
                }));
  }

  @Test
  void ofTwoListsOfFactorsOneIsChosen() {
    Path folder = Golden.folder("hub").resolve("phi3");
    assertThatThrownBy(() -> ImportPlan.of(folder, null))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("`rope_parameters` has another `long_factor` than `short_factor`")
        .extracting(fault -> ((UserError) fault).help())
        .asString()
        .contains("`--positions short` for texts up to 16 tokens");
    String text = ImportPlan.of(folder, TextLength.SHORT).text();
    assertThat(text).contains("longrope([1, 1.05, 1.1], magnitude: 1.4142135623730951)");
  }

  @Test
  void withoutTwoListsThereIsNothingToChoose() {
    Path folder = Golden.folder("hub").resolve("llama");
    assertThatThrownBy(() -> ImportPlan.of(folder, TextLength.LONG))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("`--positions long` chooses among two lists, but config.json has no");
  }

  @Test
  void whatStandsInTheWayIsSaidInWords() {
    HubFixture fixture =
        HubFixture.all().filter(one -> one.name().equals("lfm2_moe")).findFirst().orElseThrow();
    Sketch sketch = HubFixture.sketch(fixture.model());
    assertThatThrownBy(() -> ExportPlan.of(sketch, "llama", null))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(
            "llama needs in layer 0 an attention of 4 heads, 2 of keys, 4 channels each, over all tokens")
        .hasMessageContaining("the model has `multiply`");
  }

  /** Its own model is computed by the class that it came from, or by one that is more usual. */
  @TestFactory
  Stream<DynamicTest> goesOutAsItCameIn() {
    return HubFixture.all()
        .map(fixture ->
            DynamicTest.dynamicTest(
                fixture.name(),
                () -> {
                  String type = fixture.plan().published().type();
                  var out = ExportPlan.of(HubFixture.sketch(fixture.model()), type, null);
                  assertThat(out.weights().shapes())
                      .isEqualTo(fixture.plan().blueprint().weights().shapes());
                  out.names().forEach((there, here) -> assertThat(here).isEqualTo(there));
                }));
  }
}
