package uk.ac.manchester.tornado.api;

import org.jspecify.annotations.Nullable;

/** How many threads a task has, and how they are grouped. */
public interface WorkerGrid {
  int dimension();

  long[] getGlobalWork();

  long @Nullable [] getLocalWork();

  long @Nullable [] getNumberOfWorkgroups();

  long[] getGlobalOffset();

  void setGlobalWork(long x, long y, long z);

  void setLocalWork(long x, long y, long z);

  void setLocalWorkToNull();
}
