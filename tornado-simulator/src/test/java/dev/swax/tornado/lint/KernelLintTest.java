package dev.swax.tornado.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One bad kernel for each rule, and a good one that comes near to all of them. */
class KernelLintTest {
  private static final ClassBytes CLASSES = ClassBytes.of(KernelLintTest.class.getClassLoader());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UnsignedShift     | run       | `>>>` becomes `>>`
          Rotation          | run       | java.lang.Integer.rotateLeft does not work
          ReturnInLoop      | firstZero | a return in a loop
          EndlessLoop       | run       | a loop without a condition
          ArrayHandedOn     | run       | an array passed to a method
          Throwing          | run       | kernels cannot throw
          StaticArray       | run       | static arrays and objects
          Fused             | run       | java.lang.Math.fma does not work
          FloatBits         | run       | java.lang.Float.floatToIntBits does not work
          TwoDimensions     | run       | only flat arrays
          Lambda            | run       | no lambdas
          Recursion         | odd       | a method that calls itself
          BooleanParameter  | run       | no boolean parameters
          EnumParameter     | run       | no parameters of type BadKernels$EnumParameter$Kind
          NameOfADevice     | step      | devices have a function of this name
          ParallelLoop      | run       | no annotations such as
          NotZeroed         | run       | a private array is not zeroed
          ReadBeforeWritten | run       | a private array is not zeroed
          TooManyParameters | run       | at most 20 parameters
          Catching          | run       | nothing is caught
          LocalMemoryInLoop | run       | local memory is allocated before loops
          GroupReadTwice    | run       | context.groupIdx is read twice
          InitOfAnArray     | run       | FloatArray.init does not work
          BarrierInIf       | run       | a barrier under a condition
          BarrierInElse     | run       | a barrier under a condition
          BarrierAfterReturn | run      | a barrier under a condition
          BarrierCalled     | run       | a barrier under a condition
          TypeOfADevice     | run       | devices have a word `half`
          AndWithinOr       | run       | become something else
          OrWithinAnd       | run       | become something else
          MixedVariable     | run       | become something else
          MixedBranches     | run       | become something else
          """)
  void badKernelsAreFound(String kernels, String method, String message) {
    List<Finding> findings =
        KernelLint.checkTasks(CLASSES, BadKernels.class.getName() + "$" + kernels);
    assertThat(findings)
        .anySatisfy(finding -> {
          assertThat(finding.method()).endsWith(kernels + "." + method);
          assertThat(finding.message()).contains(message);
        });
  }

  @Test
  void findingsSayWhere() {
    List<Finding> findings =
        KernelLint.checkTasks(CLASSES, BadKernels.UnsignedShift.class.getName());
    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().line()).isPositive();
    assertThat(findings.getFirst()).asString().contains("UnsignedShift.run, line ");
  }

  @Test
  void goodKernelsAreNotFound() {
    assertThat(KernelLint.checkTasks(CLASSES, GoodKernels.class.getName())).isEmpty();
    assertThat(KernelLint.countMethods(CLASSES, GoodKernels.class.getName())).isEqualTo(2);
  }

  @Test
  void onlyTasksAreShortOfParameters() {
    String many = BadKernels.TooManyParameters.class.getName();
    assertThat(KernelLint.checkTasks(CLASSES, many)).hasSize(1);
    assertThat(KernelLint.checkKernels(CLASSES, many)).isEmpty();
  }

  @Test
  void unknownClassesAreAnError() {
    assertThatThrownBy(() -> KernelLint.checkTasks(CLASSES, "dev.swax.NoSuchClass"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
