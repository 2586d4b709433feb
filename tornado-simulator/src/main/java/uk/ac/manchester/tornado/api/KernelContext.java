package uk.ac.manchester.tornado.api;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a thread of a kernel knows: where it is, its group's memory, its group's barrier. */
public class KernelContext {
  public final Integer globalIdx;
  public final Integer globalIdy;
  public final Integer globalIdz;
  public final Integer groupIdx;
  public final Integer groupIdy;
  public final Integer groupIdz;
  public final Integer localIdx;
  public final Integer localIdy;
  public final Integer localIdz;
  public final Integer globalGroupSizeX;
  public final Integer globalGroupSizeY;
  public final Integer globalGroupSizeZ;
  public final Integer localGroupSizeX;
  public final Integer localGroupSizeY;
  public final Integer localGroupSizeZ;

  private final @Nullable WorkGroup group;
  private final int lane;
  private int allocations;

  /** A place holder, which says where in a task's arguments each thread's own context goes. */
  public KernelContext() {
    this(null, 0, new GridSize(1, 1, 1), new GridSize(1, 1, 1), 0);
  }

  /** The context of one thread of a group, both counted with x fastest. */
  KernelContext(
      @Nullable WorkGroup group, int lane, GridSize groups, GridSize threads, int groupNumber) {
    this.group = group;
    this.lane = lane;
    groupIdx = groups.x(groupNumber);
    groupIdy = groups.y(groupNumber);
    groupIdz = groups.z(groupNumber);
    localIdx = threads.x(lane);
    localIdy = threads.y(lane);
    localIdz = threads.z(lane);
    globalIdx = groupIdx * threads.x() + localIdx;
    globalIdy = groupIdy * threads.y() + localIdy;
    globalIdz = groupIdz * threads.z() + localIdz;
    globalGroupSizeX = groups.x() * threads.x();
    globalGroupSizeY = groups.y() * threads.y();
    globalGroupSizeZ = groups.z() * threads.z();
    localGroupSizeX = threads.x();
    localGroupSizeY = threads.y();
    localGroupSizeZ = threads.z();
  }

  /** Waits for all threads of the group. */
  public void localBarrier() {
    group().await(lane);
  }

  public float[] allocateFloatLocalArray(int size) {
    return group()
        .local(allocations++, float[].class, size, Float.BYTES, () -> poisoned(new float[size]));
  }

  public double[] allocateDoubleLocalArray(int size) {
    return group()
        .local(allocations++, double[].class, size, Double.BYTES, () -> poisoned(new double[size]));
  }

  public int[] allocateIntLocalArray(int size) {
    return group()
        .local(allocations++, int[].class, size, Integer.BYTES, () -> poisoned(new int[size]));
  }

  private static float[] poisoned(float[] array) {
    Arrays.fill(array, Float.NaN);
    return array;
  }

  private static double[] poisoned(double[] array) {
    Arrays.fill(array, Double.NaN);
    return array;
  }

  private static int[] poisoned(int[] array) {
    Arrays.fill(array, 0xDEADBEEF);
    return array;
  }

  private WorkGroup group() {
    if (group == null) {
      throw new IllegalStateException("this context belongs to no thread of a kernel");
    }
    return group;
  }
}
