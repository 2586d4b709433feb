package dev.swax.tornado.kernel;

import static dev.swax.tornado.kernel.KernelHarness.TASK;
import static dev.swax.tornado.kernel.KernelHarness.assertNear;
import static dev.swax.tornado.kernel.KernelHarness.random;
import static dev.swax.tornado.kernel.KernelHarness.tensor;

import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.expert.ChoiceShape;
import dev.swax.runtime.kernel.expert.ScalarExperts;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Experts on a device, against the scalar kernels. */
class ExpertKernelsTest {
  private static final int ROWS = 23;
  private static final int EXPERTS = 6;
  private static final int ACTIVE = 3;
  private static final int SLOTS = ROWS * ACTIVE;
  private static final int WIDTH = 5;
  private static final int HIDDEN = 7;

  private final ScalarExperts scalar = new ScalarExperts();
  private final KernelContext context = new KernelContext();

  private final FloatArray places = new FloatArray(SLOTS);
  private final FloatArray owners = new FloatArray(SLOTS);
  private final Tensor plainPlaces = empty(SLOTS);
  private final Tensor plainOwners = empty(SLOTS);
  private final Tensor plainChosen = empty(SLOTS);

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1, 1", "40, 8, 2, 1, 1", "30, 12, 3, 4, 2", "5, 4, 4, 1, 1"})
  void choices(int rows, int experts, int active, int groups, int activeGroups) {
    FloatArray scores = random(2 + rows * experts, 1);
    for (int i = 0; i < scores.getSize(); i++) {
      scores.set(i, Math.round(scores.get(i) * 8) / 8f); // many ties
    }
    int slots = rows * active;
    FloatArray good = random(rows * groups, 2);
    FloatArray chosen = random(1 + slots, 3);
    FloatArray places = random(slots, 4);
    FloatArray owners = random(slots, 5);
    int size = experts / groups;
    KernelHarness.run(
        GroupKernels.grid(rows + 1, groups),
        graph ->
            graph.task(
                TASK, ChoiceKernels::groups, context, scores, 2, good, 0, rows, groups, size),
        scores,
        good);
    KernelHarness.run(
        GroupKernels.grid(rows + 1, 1),
        graph ->
            graph.task(
                TASK,
                ChoiceKernels::choose,
                context,
                scores,
                2,
                good,
                0,
                chosen,
                1,
                rows,
                experts,
                active,
                groups,
                activeGroups),
        scores,
        good,
        chosen);
    KernelHarness.run(
        GroupKernels.grid(1, experts),
        graph ->
            graph.task(
                TASK,
                ChoiceKernels::sort,
                context,
                chosen,
                1,
                places,
                0,
                owners,
                0,
                slots,
                experts),
        chosen,
        places,
        owners);
    Tensor plainChosen = empty(slots);
    Tensor plainPlaces = empty(slots);
    Tensor plainOwners = empty(slots);
    scalar.choose(
        tensor(scores, 2, rows * experts),
        plainChosen,
        plainPlaces,
        plainOwners,
        rows,
        new ChoiceShape(experts, active, groups, activeGroups));
    assertNear(chosen, 1, plainChosen, 0);
    assertNear(places, 0, plainPlaces, 0);
    assertNear(owners, 0, plainOwners, 0);
  }

  /** Fills the fields; expert 2 gets no token. */
  private FloatArray route() {
    FloatArray scores = random(ROWS * EXPERTS, 1);
    for (int t = 0; t < ROWS; t++) {
      scores.set(t * EXPERTS + 2, -2);
    }
    scalar.choose(
        tensor(scores, 0, ROWS * EXPERTS),
        plainChosen,
        plainPlaces,
        plainOwners,
        ROWS,
        ChoiceShape.of(EXPERTS, ACTIVE));
    for (int i = 0; i < SLOTS; i++) {
      places.set(i, plainPlaces.get(i));
      owners.set(i, plainOwners.get(i));
    }
    return scores;
  }

  @Test
  void weightsOfSlots() {
    FloatArray scores = route();
    FloatArray chosen = new FloatArray(SLOTS);
    for (int i = 0; i < SLOTS; i++) {
      chosen.set(i, plainChosen.get(i));
    }
    FloatArray picked = random(SLOTS, 2);
    FloatArray back = random(ROWS * EXPERTS, 3);
    KernelHarness.run(
        GroupKernels.grid(ROWS, ACTIVE),
        graph ->
            graph.task(
                TASK,
                ChoiceKernels::pick,
                context,
                scores,
                0,
                chosen,
                0,
                picked,
                0,
                ROWS,
                EXPERTS,
                ACTIVE),
        scores,
        chosen,
        picked);
    KernelHarness.run(
        GroupKernels.grid(ROWS, EXPERTS),
        graph ->
            graph.task(
                TASK,
                ChoiceKernels::pickGradient,
                context,
                picked,
                0,
                chosen,
                0,
                back,
                0,
                ROWS,
                EXPERTS,
                ACTIVE),
        picked,
        chosen,
        back);
    Tensor expected = empty(SLOTS);
    Tensor expectedBack = empty(ROWS * EXPERTS);
    scalar.pick(tensor(scores, 0, ROWS * EXPERTS), plainChosen, expected, ROWS, EXPERTS, ACTIVE);
    scalar.pickGradient(expected, plainChosen, expectedBack, ROWS, EXPERTS, ACTIVE);
    assertNear(picked, 0, expected, 0);
    assertNear(back, 0, expectedBack, 0);
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  void tokensToRowsAndBack(int weighted) {
    route();
    FloatArray x = random(1 + ROWS * WIDTH, 2);
    FloatArray weights = random(SLOTS, 3);
    FloatArray y = random(SLOTS * WIDTH, 4);
    FloatArray sum = random(ROWS * WIDTH, 5);
    FloatArray dots = random(SLOTS, 6);
    KernelHarness.run(
        GroupKernels.grid(ROWS + 1, ACTIVE * WIDTH),
        graph ->
            graph.task(
                TASK,
                ExpertKernels::dispatch,
                context,
                x,
                1,
                places,
                0,
                weights,
                0,
                y,
                0,
                weighted,
                ROWS,
                ACTIVE,
                WIDTH),
        x,
        places,
        weights,
        y);
    KernelHarness.run(
        GroupKernels.grid(ROWS + 1, WIDTH),
        graph ->
            graph.task(
                TASK,
                ExpertKernels::combine,
                context,
                y,
                0,
                places,
                0,
                weights,
                0,
                sum,
                0,
                weighted,
                ROWS,
                ACTIVE,
                WIDTH),
        y,
        places,
        weights,
        sum);
    KernelHarness.run(
        GroupKernels.grid(ROWS + 1, ACTIVE),
        graph ->
            graph.task(
                TASK,
                ExpertKernels::slotDots,
                context,
                x,
                1,
                y,
                0,
                places,
                0,
                dots,
                0,
                ROWS,
                ACTIVE,
                WIDTH),
        x,
        y,
        places,
        dots);
    Tensor plainX = tensor(x, 1, ROWS * WIDTH);
    Tensor plainWeights = tensor(weights, 0, SLOTS);
    Tensor plainY = empty(SLOTS * WIDTH);
    Tensor plainSum = empty(ROWS * WIDTH);
    Tensor plainDots = empty(SLOTS);
    if (weighted == 1) {
      scalar.dispatchWeighted(plainX, plainPlaces, plainWeights, plainY, ROWS, ACTIVE, WIDTH);
      scalar.combineWeighted(plainY, plainPlaces, plainWeights, plainSum, ROWS, ACTIVE, WIDTH);
    } else {
      scalar.dispatch(plainX, plainPlaces, plainY, ROWS, ACTIVE, WIDTH);
      scalar.combine(plainY, plainPlaces, plainSum, ROWS, ACTIVE, WIDTH);
    }
    scalar.slotDots(plainX, plainY, plainPlaces, plainDots, ROWS, ACTIVE, WIDTH);
    assertNear(y, 0, plainY, 0);
    assertNear(sum, 0, plainSum, tolerance(ACTIVE));
    assertNear(dots, 0, plainDots, tolerance(WIDTH));
  }

  @Test
  void products() {
    route();
    FloatArray a = random(1 + SLOTS * WIDTH, 2);
    FloatArray b = random(2 + EXPERTS * WIDTH * HIDDEN, 3);
    FloatArray c = random(SLOTS * HIDDEN, 4);
    FloatArray back = random(SLOTS * WIDTH, 5);
    FloatArray dB = random(EXPERTS * WIDTH * HIDDEN, 6);
    Tensor plainA = tensor(a, 1, SLOTS * WIDTH);
    Tensor plainB = tensor(b, 2, EXPERTS * WIDTH * HIDDEN);
    Tensor plainC = empty(SLOTS * HIDDEN);
    Tensor plainBack = empty(SLOTS * WIDTH);
    Tensor plainDb = tensor(dB, 0, EXPERTS * WIDTH * HIDDEN);
    scalar.matmul(plainA, plainB, plainOwners, plainC, SLOTS, WIDTH, HIDDEN, EXPERTS);
    scalar.matmulTransposedRight(
        plainC, plainB, plainOwners, plainBack, SLOTS, HIDDEN, WIDTH, EXPERTS);
    scalar.matmulTransposedLeft(
        plainA, plainC, plainOwners, plainDb, SLOTS, WIDTH, HIDDEN, EXPERTS);
    KernelHarness.run(
        GroupKernels.grid(SLOTS + 3, HIDDEN),
        graph ->
            graph.task(
                TASK,
                ExpertKernels::plain,
                context,
                a,
                1,
                b,
                2,
                owners,
                0,
                c,
                0,
                SLOTS,
                EXPERTS,
                WIDTH,
                HIDDEN),
        a,
        b,
        owners,
        c);
    assertNear(c, 0, plainC, tolerance(WIDTH));
    KernelHarness.run(
        GroupKernels.grid(SLOTS + 3, WIDTH),
        graph ->
            graph.task(
                TASK,
                ExpertKernels::transposedRight,
                context,
                c,
                0,
                b,
                2,
                owners,
                0,
                back,
                0,
                SLOTS,
                EXPERTS,
                WIDTH,
                HIDDEN),
        c,
        b,
        owners,
        back);
    assertNear(back, 0, plainBack, WIDTH * tolerance(WIDTH + HIDDEN));
    KernelHarness.run(
        GroupKernels.grid(EXPERTS * WIDTH, HIDDEN),
        graph ->
            graph.task(
                TASK,
                ExpertKernels::transposedLeft,
                context,
                a,
                1,
                c,
                0,
                owners,
                0,
                dB,
                0,
                SLOTS,
                EXPERTS,
                WIDTH,
                HIDDEN),
        a,
        c,
        owners,
        dB);
    assertNear(dB, 0, plainDb, WIDTH * tolerance(WIDTH + SLOTS));
  }

  @Test
  void rowsOfExperts() {
    route();
    FloatArray table = random(1 + EXPERTS * WIDTH, 2);
    FloatArray y = random(SLOTS * WIDTH, 3);
    FloatArray dTable = random(EXPERTS * WIDTH, 4);
    Tensor plainY = empty(SLOTS * WIDTH);
    Tensor plainTable = tensor(dTable, 0, EXPERTS * WIDTH);
    scalar.rows(tensor(table, 1, EXPERTS * WIDTH), plainOwners, plainY, SLOTS, WIDTH);
    scalar.rowsGradient(plainY, plainOwners, plainTable, SLOTS, WIDTH, EXPERTS);
    KernelHarness.run(
        GroupKernels.grid(SLOTS, WIDTH),
        graph ->
            graph.task(TASK, ExpertKernels::rows, context, table, 1, owners, 0, y, 0, SLOTS, WIDTH),
        table,
        owners,
        y);
    KernelHarness.run(
        GroupKernels.grid(EXPERTS, WIDTH),
        graph ->
            graph.task(
                TASK,
                ExpertKernels::rowsGradient,
                context,
                y,
                0,
                owners,
                0,
                dTable,
                0,
                SLOTS,
                WIDTH,
                EXPERTS),
        y,
        owners,
        dTable);
    assertNear(y, 0, plainY, 0);
    assertNear(dTable, 0, plainTable, tolerance(SLOTS));
  }

  @Test
  void balance() {
    FloatArray logits = route();
    FloatArray dy = random(ROWS * EXPERTS, 2);
    FloatArray weights = random(3, 3);
    FloatArray slopes = random(EXPERTS, 4);
    FloatArray y = random(ROWS * EXPERTS, 5);
    Tensor expected = empty(ROWS * EXPERTS);
    scalar.balanceGradient(
        tensor(dy, 0, ROWS * EXPERTS),
        tensor(logits, 0, ROWS * EXPERTS),
        plainOwners,
        expected,
        4 * weights.get(1),
        ROWS,
        EXPERTS,
        ACTIVE);
    KernelHarness.run(
        GroupKernels.grid(1, EXPERTS),
        graph ->
            graph.task(
                TASK,
                ChoiceKernels::slopes,
                context,
                owners,
                0,
                slopes,
                0,
                weights,
                1,
                4f,
                ROWS,
                EXPERTS,
                ACTIVE),
        owners,
        slopes,
        weights);
    KernelHarness.run(
        GroupKernels.grid(ROWS + 2, 1),
        graph ->
            graph.task(
                TASK,
                ChoiceKernels::balanceGradient,
                context,
                dy,
                0,
                logits,
                0,
                slopes,
                0,
                y,
                0,
                ROWS,
                EXPERTS),
        dy,
        logits,
        slopes,
        y);
    assertNear(y, 0, expected, tolerance(EXPERTS));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "9, 3, 4", "40, 1, 64"})
  void softmax(int rows, int groups, int width) {
    FloatArray x = random(1 + rows * groups * width, 1);
    FloatArray y = random(rows * groups * width, 2);
    Tensor expected = empty(rows * groups * width);
    try (Kernels kernels = new ScalarKernels()) {
      kernels.softmax(tensor(x, 1, rows * groups * width), expected, rows, groups, width);
    }
    KernelHarness.run(
        GroupKernels.grid(rows + 1, groups),
        graph -> graph.task(TASK, GroupKernels::softmax, context, x, 1, y, 0, rows, groups, width),
        x,
        y);
    assertNear(y, 0, expected, tolerance(width));
  }

  private static Tensor empty(int length) {
    return Tensor.allocate(Arena.ofAuto(), length);
  }

  /** A rounding for each term of a sum of so many terms below 1. */
  private static double tolerance(int terms) {
    return 0x1p-23 * terms * Math.sqrt(terms);
  }
}
