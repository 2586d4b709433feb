package dev.swax.compiler.analyze.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every default that a schema states is a value of the language that fits its place. */
class DefaultsTest {
  static Stream<Key> stated() {
    Stream<Schema> bodies = Stream.of(Schemas.MODEL, Schemas.DATA, Schemas.TRAIN, Schemas.GRID);
    Stream<Schema> parts = Constructor.all().stream().map(Constructor::schema);
    return Stream.concat(bodies, parts).flatMap(s -> s.keys().stream()).filter(Key::stated);
  }

  @ParameterizedTest
  @MethodSource("stated")
  void isOne(Key key) {
    assertThat(key.otherwise()).isPresent().get().isNotEqualTo(Value.UNKNOWN);
  }
}
