package dev.swax.tests.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.PublishedClass;
import dev.swax.hub.catalog.Classes;
import dev.swax.hub.folder.HubFolder;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each value of a config.json by turns is another: it is taken, or refused in words. */
class AlteredConfigTest {
  private static final List<String> VALUES =
      List.of(
          "null", "true", "0", "-1", "7", "1000000", "2147483647", "0.5", "\"x\"", "[-1]", "{}");

  private static final JsonMapper JSON = new JsonMapper();

  @TestFactory
  Stream<DynamicTest> isReadOrRefused() {
    return HubFixture.all()
        .map(fixture ->
            DynamicTest.dynamicTest(
                fixture.name(),
                () -> {
                  ObjectNode config = HubFolder.config(fixture.folder());
                  alter(config, config);
                  if (config.path("rope_parameters") instanceof ObjectNode rope) {
                    alter(config, rope);
                  }
                }));
  }

  private static void alter(ObjectNode config, ObjectNode inside) throws IOException {
    PublishedClass published = Classes.named(config.path("model_type").asText());
    for (String key : inside.properties().stream().map(entry -> entry.getKey()).toList()) {
      JsonNode before = inside.get(key);
      for (String value : VALUES) {
        inside.set(key, JSON.readTree(value));
        try {
          assertThat(published.read("config.json", config, "m", published.pairs()).declarations())
              .contains("model m(");
        } catch (UserError refused) {
          assertThat(refused).hasMessageContaining("config.json");
        } catch (RuntimeException fault) {
          throw new AssertionError("`%s` = %s".formatted(key, value), fault);
        }
      }
      inside.set(key, before);
    }
  }
}
