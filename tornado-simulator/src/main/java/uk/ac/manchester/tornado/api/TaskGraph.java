package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.common.TornadoFunctions;

/** Tasks that run one after the other, and what moves to and from the device around them. */
@SuppressWarnings("unchecked")
public class TaskGraph {
  private final GraphDefinition definition;

  public TaskGraph(String name) {
    definition = new GraphDefinition(name);
  }

  private TaskGraph(GraphDefinition definition) {
    this.definition = definition;
  }

  GraphDefinition definition() {
    return definition;
  }

  public String getTaskGraphName() {
    return definition.name();
  }

  public TaskGraph transferToDevice(int mode, Object... objects) {
    definition.transferToDevice(mode, objects);
    return this;
  }

  public TaskGraph consumeFromDevice(String uniqueTaskGraphName, Object... objects) {
    definition.consumeFrom(uniqueTaskGraphName, objects);
    return this;
  }

  public TaskGraph consumeFromDevice(Object... objects) {
    definition.consumeFromLast(objects);
    return this;
  }

  public TaskGraph persistOnDevice(Object... objects) {
    definition.persist(objects);
    return this;
  }

  public TaskGraph transferToHost(int mode, Object... objects) {
    definition.transferToHost(mode, objects);
    return this;
  }

  public ImmutableTaskGraph snapshot() {
    return new ImmutableTaskGraph(new TaskGraph(definition.copy()));
  }

  public <T1> TaskGraph libraryTask(String id, TornadoFunctions.LibraryTask1<T1> code, T1 arg1) {
    definition.addLibrary(id, code.apply(arg1));
    return this;
  }

  private TaskGraph add(String id, Kernel kernel, Object... arguments) {
    definition.add(id, kernel, arguments);
    return this;
  }

  public <T1> TaskGraph task(String id, TornadoFunctions.Task1<T1> code, T1 arg1) {
    return add(id, all -> code.apply((T1) all[0]), arg1);
  }

  public <T1, T2> TaskGraph task(String id, TornadoFunctions.Task2<T1, T2> code, T1 arg1, T2 arg2) {
    return add(id, all -> code.apply((T1) all[0], (T2) all[1]), arg1, arg2);
  }

  public <T1, T2, T3> TaskGraph task(
      String id, TornadoFunctions.Task3<T1, T2, T3> code, T1 arg1, T2 arg2, T3 arg3) {
    return add(id, all -> code.apply((T1) all[0], (T2) all[1], (T3) all[2]), arg1, arg2, arg3);
  }

  public <T1, T2, T3, T4> TaskGraph task(
      String id, TornadoFunctions.Task4<T1, T2, T3, T4> code, T1 arg1, T2 arg2, T3 arg3, T4 arg4) {
    return add(
        id,
        all -> code.apply((T1) all[0], (T2) all[1], (T3) all[2], (T4) all[3]),
        arg1,
        arg2,
        arg3,
        arg4);
  }

  public <T1, T2, T3, T4, T5> TaskGraph task(
      String id,
      TornadoFunctions.Task5<T1, T2, T3, T4, T5> code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5) {
    return add(
        id,
        all -> code.apply((T1) all[0], (T2) all[1], (T3) all[2], (T4) all[3], (T5) all[4]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5);
  }

  public <T1, T2, T3, T4, T5, T6> TaskGraph task(
      String id,
      TornadoFunctions.Task6<T1, T2, T3, T4, T5, T6> code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6) {
    return add(
        id,
        all ->
            code.apply(
                (T1) all[0], (T2) all[1], (T3) all[2], (T4) all[3], (T5) all[4], (T6) all[5]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6);
  }

  public <T1, T2, T3, T4, T5, T6, T7> TaskGraph task(
      String id,
      TornadoFunctions.Task7<T1, T2, T3, T4, T5, T6, T7> code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6,
      T7 arg7) {
    return add(
        id,
        all ->
            code.apply(
                (T1) all[0],
                (T2) all[1],
                (T3) all[2],
                (T4) all[3],
                (T5) all[4],
                (T6) all[5],
                (T7) all[6]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7);
  }

  public <T1, T2, T3, T4, T5, T6, T7, T8> TaskGraph task(
      String id,
      TornadoFunctions.Task8<T1, T2, T3, T4, T5, T6, T7, T8> code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6,
      T7 arg7,
      T8 arg8) {
    return add(
        id,
        all ->
            code.apply(
                (T1) all[0],
                (T2) all[1],
                (T3) all[2],
                (T4) all[3],
                (T5) all[4],
                (T6) all[5],
                (T7) all[6],
                (T8) all[7]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8);
  }

  public <T1, T2, T3, T4, T5, T6, T7, T8, T9> TaskGraph task(
      String id,
      TornadoFunctions.Task9<T1, T2, T3, T4, T5, T6, T7, T8, T9> code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6,
      T7 arg7,
      T8 arg8,
      T9 arg9) {
    return add(
        id,
        all ->
            code.apply(
                (T1) all[0],
                (T2) all[1],
                (T3) all[2],
                (T4) all[3],
                (T5) all[4],
                (T6) all[5],
                (T7) all[6],
                (T8) all[7],
                (T9) all[8]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8,
        arg9);
  }

  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> TaskGraph task(
      String id,
      TornadoFunctions.Task10<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6,
      T7 arg7,
      T8 arg8,
      T9 arg9,
      T10 arg10) {
    return add(
        id,
        all ->
            code.apply(
                (T1) all[0],
                (T2) all[1],
                (T3) all[2],
                (T4) all[3],
                (T5) all[4],
                (T6) all[5],
                (T7) all[6],
                (T8) all[7],
                (T9) all[8],
                (T10) all[9]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8,
        arg9,
        arg10);
  }

  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> TaskGraph task(
      String id,
      TornadoFunctions.Task11<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6,
      T7 arg7,
      T8 arg8,
      T9 arg9,
      T10 arg10,
      T11 arg11) {
    return add(
        id,
        all ->
            code.apply(
                (T1) all[0],
                (T2) all[1],
                (T3) all[2],
                (T4) all[3],
                (T5) all[4],
                (T6) all[5],
                (T7) all[6],
                (T8) all[7],
                (T9) all[8],
                (T10) all[9],
                (T11) all[10]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8,
        arg9,
        arg10,
        arg11);
  }

  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> TaskGraph task(
      String id,
      TornadoFunctions.Task12<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6,
      T7 arg7,
      T8 arg8,
      T9 arg9,
      T10 arg10,
      T11 arg11,
      T12 arg12) {
    return add(
        id,
        all ->
            code.apply(
                (T1) all[0],
                (T2) all[1],
                (T3) all[2],
                (T4) all[3],
                (T5) all[4],
                (T6) all[5],
                (T7) all[6],
                (T8) all[7],
                (T9) all[8],
                (T10) all[9],
                (T11) all[10],
                (T12) all[11]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8,
        arg9,
        arg10,
        arg11,
        arg12);
  }

  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> TaskGraph task(
      String id,
      TornadoFunctions.Task13<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6,
      T7 arg7,
      T8 arg8,
      T9 arg9,
      T10 arg10,
      T11 arg11,
      T12 arg12,
      T13 arg13) {
    return add(
        id,
        all ->
            code.apply(
                (T1) all[0],
                (T2) all[1],
                (T3) all[2],
                (T4) all[3],
                (T5) all[4],
                (T6) all[5],
                (T7) all[6],
                (T8) all[7],
                (T9) all[8],
                (T10) all[9],
                (T11) all[10],
                (T12) all[11],
                (T13) all[12]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8,
        arg9,
        arg10,
        arg11,
        arg12,
        arg13);
  }

  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> TaskGraph task(
      String id,
      TornadoFunctions.Task14<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6,
      T7 arg7,
      T8 arg8,
      T9 arg9,
      T10 arg10,
      T11 arg11,
      T12 arg12,
      T13 arg13,
      T14 arg14) {
    return add(
        id,
        all ->
            code.apply(
                (T1) all[0],
                (T2) all[1],
                (T3) all[2],
                (T4) all[3],
                (T5) all[4],
                (T6) all[5],
                (T7) all[6],
                (T8) all[7],
                (T9) all[8],
                (T10) all[9],
                (T11) all[10],
                (T12) all[11],
                (T13) all[12],
                (T14) all[13]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8,
        arg9,
        arg10,
        arg11,
        arg12,
        arg13,
        arg14);
  }

  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15> TaskGraph task(
      String id,
      TornadoFunctions.Task15<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15>
          code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6,
      T7 arg7,
      T8 arg8,
      T9 arg9,
      T10 arg10,
      T11 arg11,
      T12 arg12,
      T13 arg13,
      T14 arg14,
      T15 arg15) {
    return add(
        id,
        all ->
            code.apply(
                (T1) all[0],
                (T2) all[1],
                (T3) all[2],
                (T4) all[3],
                (T5) all[4],
                (T6) all[5],
                (T7) all[6],
                (T8) all[7],
                (T9) all[8],
                (T10) all[9],
                (T11) all[10],
                (T12) all[11],
                (T13) all[12],
                (T14) all[13],
                (T15) all[14]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8,
        arg9,
        arg10,
        arg11,
        arg12,
        arg13,
        arg14,
        arg15);
  }

  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16> TaskGraph task(
      String id,
      TornadoFunctions.Task16<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16>
          code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6,
      T7 arg7,
      T8 arg8,
      T9 arg9,
      T10 arg10,
      T11 arg11,
      T12 arg12,
      T13 arg13,
      T14 arg14,
      T15 arg15,
      T16 arg16) {
    return add(
        id,
        all ->
            code.apply(
                (T1) all[0],
                (T2) all[1],
                (T3) all[2],
                (T4) all[3],
                (T5) all[4],
                (T6) all[5],
                (T7) all[6],
                (T8) all[7],
                (T9) all[8],
                (T10) all[9],
                (T11) all[10],
                (T12) all[11],
                (T13) all[12],
                (T14) all[13],
                (T15) all[14],
                (T16) all[15]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8,
        arg9,
        arg10,
        arg11,
        arg12,
        arg13,
        arg14,
        arg15,
        arg16);
  }

  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17>
      TaskGraph task(
          String id,
          TornadoFunctions.Task17<
                  T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17>
              code,
          T1 arg1,
          T2 arg2,
          T3 arg3,
          T4 arg4,
          T5 arg5,
          T6 arg6,
          T7 arg7,
          T8 arg8,
          T9 arg9,
          T10 arg10,
          T11 arg11,
          T12 arg12,
          T13 arg13,
          T14 arg14,
          T15 arg15,
          T16 arg16,
          T17 arg17) {
    return add(
        id,
        all ->
            code.apply(
                (T1) all[0],
                (T2) all[1],
                (T3) all[2],
                (T4) all[3],
                (T5) all[4],
                (T6) all[5],
                (T7) all[6],
                (T8) all[7],
                (T9) all[8],
                (T10) all[9],
                (T11) all[10],
                (T12) all[11],
                (T13) all[12],
                (T14) all[13],
                (T15) all[14],
                (T16) all[15],
                (T17) all[16]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8,
        arg9,
        arg10,
        arg11,
        arg12,
        arg13,
        arg14,
        arg15,
        arg16,
        arg17);
  }

  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18>
      TaskGraph task(
          String id,
          TornadoFunctions.Task18<
                  T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18>
              code,
          T1 arg1,
          T2 arg2,
          T3 arg3,
          T4 arg4,
          T5 arg5,
          T6 arg6,
          T7 arg7,
          T8 arg8,
          T9 arg9,
          T10 arg10,
          T11 arg11,
          T12 arg12,
          T13 arg13,
          T14 arg14,
          T15 arg15,
          T16 arg16,
          T17 arg17,
          T18 arg18) {
    return add(
        id,
        all ->
            code.apply(
                (T1) all[0],
                (T2) all[1],
                (T3) all[2],
                (T4) all[3],
                (T5) all[4],
                (T6) all[5],
                (T7) all[6],
                (T8) all[7],
                (T9) all[8],
                (T10) all[9],
                (T11) all[10],
                (T12) all[11],
                (T13) all[12],
                (T14) all[13],
                (T15) all[14],
                (T16) all[15],
                (T17) all[16],
                (T18) all[17]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8,
        arg9,
        arg10,
        arg11,
        arg12,
        arg13,
        arg14,
        arg15,
        arg16,
        arg17,
        arg18);
  }

  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19>
      TaskGraph task(
          String id,
          TornadoFunctions.Task19<
                  T1,
                  T2,
                  T3,
                  T4,
                  T5,
                  T6,
                  T7,
                  T8,
                  T9,
                  T10,
                  T11,
                  T12,
                  T13,
                  T14,
                  T15,
                  T16,
                  T17,
                  T18,
                  T19>
              code,
          T1 arg1,
          T2 arg2,
          T3 arg3,
          T4 arg4,
          T5 arg5,
          T6 arg6,
          T7 arg7,
          T8 arg8,
          T9 arg9,
          T10 arg10,
          T11 arg11,
          T12 arg12,
          T13 arg13,
          T14 arg14,
          T15 arg15,
          T16 arg16,
          T17 arg17,
          T18 arg18,
          T19 arg19) {
    return add(
        id,
        all ->
            code.apply(
                (T1) all[0],
                (T2) all[1],
                (T3) all[2],
                (T4) all[3],
                (T5) all[4],
                (T6) all[5],
                (T7) all[6],
                (T8) all[7],
                (T9) all[8],
                (T10) all[9],
                (T11) all[10],
                (T12) all[11],
                (T13) all[12],
                (T14) all[13],
                (T15) all[14],
                (T16) all[15],
                (T17) all[16],
                (T18) all[17],
                (T19) all[18]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8,
        arg9,
        arg10,
        arg11,
        arg12,
        arg13,
        arg14,
        arg15,
        arg16,
        arg17,
        arg18,
        arg19);
  }

  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19, T20>
      TaskGraph task(
          String id,
          TornadoFunctions.Task20<
                  T1,
                  T2,
                  T3,
                  T4,
                  T5,
                  T6,
                  T7,
                  T8,
                  T9,
                  T10,
                  T11,
                  T12,
                  T13,
                  T14,
                  T15,
                  T16,
                  T17,
                  T18,
                  T19,
                  T20>
              code,
          T1 arg1,
          T2 arg2,
          T3 arg3,
          T4 arg4,
          T5 arg5,
          T6 arg6,
          T7 arg7,
          T8 arg8,
          T9 arg9,
          T10 arg10,
          T11 arg11,
          T12 arg12,
          T13 arg13,
          T14 arg14,
          T15 arg15,
          T16 arg16,
          T17 arg17,
          T18 arg18,
          T19 arg19,
          T20 arg20) {
    return add(
        id,
        all ->
            code.apply(
                (T1) all[0],
                (T2) all[1],
                (T3) all[2],
                (T4) all[3],
                (T5) all[4],
                (T6) all[5],
                (T7) all[6],
                (T8) all[7],
                (T9) all[8],
                (T10) all[9],
                (T11) all[10],
                (T12) all[11],
                (T13) all[12],
                (T14) all[13],
                (T15) all[14],
                (T16) all[15],
                (T17) all[16],
                (T18) all[17],
                (T19) all[18],
                (T20) all[19]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8,
        arg9,
        arg10,
        arg11,
        arg12,
        arg13,
        arg14,
        arg15,
        arg16,
        arg17,
        arg18,
        arg19,
        arg20);
  }
}
