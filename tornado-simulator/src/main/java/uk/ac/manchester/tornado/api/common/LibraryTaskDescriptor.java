package uk.ac.manchester.tornado.api.common;

import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** A call of a library's function as a task. */
public class LibraryTaskDescriptor {
  private @Nullable String libraryName;
  private @Nullable String functionName;
  private Object[] parameters = {};
  private Access[] access = {};
  private @Nullable Object tuning;

  public LibraryTaskDescriptor withLibrary(String libraryName) {
    this.libraryName = libraryName;
    return this;
  }

  public LibraryTaskDescriptor withFunction(String functionName) {
    this.functionName = functionName;
    return this;
  }

  public LibraryTaskDescriptor withParameters(Object[] parameters) {
    this.parameters = parameters.clone();
    return this;
  }

  public LibraryTaskDescriptor withAccess(Access[] access) {
    this.access = access.clone();
    return this;
  }

  public LibraryTaskDescriptor withTuning(Object tuning) {
    this.tuning = tuning;
    return this;
  }

  public String getLibraryName() {
    return given(libraryName, "library");
  }

  public String getFunctionName() {
    return given(functionName, "function");
  }

  public Object[] getParameters() {
    return parameters.clone();
  }

  public Access[] getAccess() {
    return access.clone();
  }

  public @Nullable Object getTuning() {
    return tuning;
  }

  private static String given(@Nullable String name, String what) {
    if (name == null) {
      throw new TornadoRuntimeException("a library task has no " + what);
    }
    return name;
  }
}
