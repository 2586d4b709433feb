package uk.ac.manchester.tornado.api;

import org.jspecify.annotations.Nullable;

/** The sizes of a grid in three dimensions. */
public abstract class AbstractWorkerGrid implements WorkerGrid {
  protected long[] globalWork;
  protected long @Nullable [] localWork;

  protected AbstractWorkerGrid(long x, long y, long z) {
    globalWork = new long[] {x, y, z};
  }

  @Override
  public long[] getGlobalWork() {
    return globalWork;
  }

  @Override
  public long @Nullable [] getLocalWork() {
    return localWork;
  }

  @Override
  public long @Nullable [] getNumberOfWorkgroups() {
    if (localWork == null) {
      return null;
    }
    long[] groups = new long[globalWork.length];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = globalWork[i] / localWork[i];
    }
    return groups;
  }

  @Override
  public long[] getGlobalOffset() {
    return new long[globalWork.length];
  }

  @Override
  public void setGlobalWork(long x, long y, long z) {
    globalWork = new long[] {x, y, z};
  }

  @Override
  public void setLocalWork(long x, long y, long z) {
    localWork = new long[] {x, y, z};
  }

  @Override
  public void setLocalWorkToNull() {
    localWork = null;
  }
}
