package dev.swax.cli.command;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.input.FileOptions;
import dev.swax.cli.input.StageText;
import dev.swax.cli.run.Device;
import dev.swax.cli.run.ProductsConverter;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.compiler.dump.Stage;
import dev.swax.runtime.UserError;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what the compiler has made of a file. */
@Command(
    name = "dump",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Prints what the compiler has made of a file after one of its stages.")
public final class DumpCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final FileOptions file = new FileOptions();

  @Option(
      names = "--after",
      required = true,
      paramLabel = "STAGE",
      description = "${COMPLETION-CANDIDATES}")
  private Stage stage = Stage.SYNTAX;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "which model, if the file has several")
  private @Nullable String model;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "device for which the class is generated: ${COMPLETION-CANDIDATES}")
  private Device device = Device.CPU;

  @Option(
      names = "--matmul",
      paramLabel = "HOW",
      converter = ProductsConverter.class,
      description = "what multiplies matrices on a device: ${COMPLETION-CANDIDATES}")
  private Products products = Products.OWN;

  public DumpCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    host.console().out().print(text());
    return ExitCode.DONE;
  }

  private String text() {
    if (device == Device.CPU) {
      Device.requireOwn(products);
      return StageText.of(stage, file.input(), model, host.console());
    }
    if (stage != Stage.JAVA) {
      throw new UserError(
          "`--after=%s` is the same for every device".formatted(stage), "`--after=java`");
    }
    return StageText.ofDevice(file.input(), model, products, host.console());
  }
}
