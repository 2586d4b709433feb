package uk.ac.manchester.tornado.api;

import java.util.List;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** What an execution left on the device. */
public class TornadoExecutionResult {
  private final List<DeviceCopies> graphs;

  TornadoExecutionResult(List<DeviceCopies> graphs) {
    this.graphs = graphs;
  }

  /** Copies objects to the host, from the last graph of the execution that knows them. */
  public TornadoExecutionResult transferToHost(Object... objects) {
    for (Object object : objects) {
      holder(object).bringBack(object);
    }
    return this;
  }

  private DeviceCopies holder(Object object) {
    for (DeviceCopies copies : graphs.reversed()) {
      if (copies.graph().holds(object)) {
        return copies;
      }
    }
    throw new TornadoRuntimeException("no graph of this execution knows the object asked for");
  }

  public boolean isReady() {
    return true;
  }
}
