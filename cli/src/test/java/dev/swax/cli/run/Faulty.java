package dev.swax.cli.run;

import dev.swax.runtime.program.DeviceProgram;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A program of which one method is wrong. */
final class Faulty {
  private Faulty() {}

  /** {@code fault} makes another number of the right one that a method returns. */
  static DeviceProgram ofNumber(DeviceProgram right, String method, DoubleUnaryOperator fault) {
    return of(
        right,
        method,
        UnaryOperator.identity(),
        number -> fault.applyAsDouble((double) Objects.requireNonNull(number)));
  }

  /** {@code fault} comes after what the method does. */
  static DeviceProgram then(DeviceProgram right, String method, Runnable fault) {
    return of(
        right,
        method,
        UnaryOperator.identity(),
        nothing -> {
          fault.run();
          return nothing;
        });
  }

  /** {@code fault} makes other arguments of the right ones. */
  static DeviceProgram ofArguments(
      DeviceProgram right, String method, UnaryOperator<Object[]> fault) {
    return of(right, method, fault, UnaryOperator.identity());
  }

  private static DeviceProgram of(
      DeviceProgram right,
      String name,
      UnaryOperator<Object[]> before,
      UnaryOperator<@Nullable Object> after) {
    return (DeviceProgram)
        Proxy.newProxyInstance(
            DeviceProgram.class.getClassLoader(),
            new Class<?>[] {DeviceProgram.class},
            (_, method, arguments) -> {
              boolean wrong = method.getName().equals(name);
              Object[] given = arguments == null ? new Object[0] : arguments;
              try {
                Object result = method.invoke(right, wrong ? before.apply(given) : given);
                return wrong ? after.apply(result) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
