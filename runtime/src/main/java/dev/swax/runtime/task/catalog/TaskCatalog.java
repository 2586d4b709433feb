package dev.swax.runtime.task.catalog;

import dev.swax.runtime.task.copying.CopyingDeclaration;
import dev.swax.runtime.task.declare.TaskDeclaration;
import dev.swax.runtime.task.mqar.MqarDeclaration;
import dev.swax.runtime.task.text.babi.BabiDeclaration;
import dev.swax.runtime.task.text.choice.ChoiceDeclaration;
import dev.swax.runtime.task.text.code.ProgramDeclaration;
import dev.swax.runtime.task.text.exact.ExactDeclaration;
import dev.swax.runtime.task.text.longbench.LongBenchDeclaration;
import dev.swax.runtime.task.text.needle.NeedleDeclaration;
import java.util.List;

/** Every task, in the order in which messages name them. */
public final class TaskCatalog {
  public static final List<TaskDeclaration> TASKS =
      List.of(
          MqarDeclaration.TASK,
          CopyingDeclaration.TASK,
          NeedleDeclaration.TASK,
          BabiDeclaration.TASK,
          ChoiceDeclaration.TASK,
          ExactDeclaration.TASK,
          ProgramDeclaration.TASK,
          LongBenchDeclaration.TASK);

  private TaskCatalog() {}
}
