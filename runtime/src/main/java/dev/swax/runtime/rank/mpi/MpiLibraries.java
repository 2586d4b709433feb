package dev.swax.runtime.rank.mpi;

import dev.swax.runtime.UserError;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where MPI libraries are: beside the launcher that started this process, or where the system
 * looks.
 */
final class MpiLibraries {
  /** Names a library, instead of looking for one. */
  static final String CHOSEN = "SWAX_MPI";

  /** Open MPI 4 and 5. */
  private static final List<String> OPEN_MPI = List.of("libmpi.so.40", "libmpi.40.dylib");

  /** MPICH 3.2 and newer, by two names, and those with its binary interface. */
  private static final List<String> MPICH =
      List.of("libmpich.so.12", "libmpi.so.12", "libmpi.12.dylib");

  private final Map<String, String> environment;

  MpiLibraries(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The library of what started this process. */
  MpiLibrary of(Launch launch) {
    List<String> names = names(launch.starter());
    MpiLibrary found =
        find(names)
            .orElseThrow(() ->
                new UserError(
                    "%s started %d processes, but its library is not here: none of %s"
                        .formatted(
                            launch.starter().text(), launch.size(), String.join(", ", names)),
                    "install it on every machine, or set %s to its path".formatted(CHOSEN)));
    requireSameKind(launch, found);
    return found;
  }

  /** Each kind that is installed. */
  List<MpiLibrary> all() {
    return Stream.of(OPEN_MPI, MPICH).flatMap(names -> find(names).stream()).toList();
  }

  private static List<String> names(Launch.Starter starter) {
    return switch (starter) {
      case OPEN_MPI -> OPEN_MPI;
      case HYDRA -> MPICH;
      case SLURM -> Stream.concat(OPEN_MPI.stream(), MPICH.stream()).toList();
    };
  }

  private static void requireSameKind(Launch launch, MpiLibrary library) {
    boolean wrong =
        switch (launch.starter()) {
          case OPEN_MPI -> !library.isOpenMpi();
          case HYDRA -> library.isOpenMpi();
          case SLURM -> false;
        };
    if (wrong) {
      throw new UserError(
          "two kinds of MPI are mixed: %s started %d processes, but the library is %s"
              .formatted(launch.starter().text(), launch.size(), library.version()),
          "use the mpirun of that library, or set %s to the library of that mpirun"
              .formatted(CHOSEN));
    }
  }

  private Optional<MpiLibrary> find(List<String> names) {
    String chosen = environment.getOrDefault(CHOSEN, "");
    if (!chosen.isEmpty()) {
      return Optional.of(
          open(chosen)
              .orElseThrow(() ->
                  new UserError(
                      "%s is `%s`, which cannot be loaded".formatted(CHOSEN, chosen),
                      "the path of libmpi.so.40 or libmpich.so.12")));
    }
    return Stream.concat(beside(names), names.stream())
        .flatMap(place -> open(place).stream())
        .findFirst();
  }

  /** Files of these names in the folders of libraries beside the launcher. */
  private static Stream<String> beside(List<String> names) {
    Optional<Path> launcher =
        ProcessHandle.current().parent().flatMap(parent -> parent.info().command()).map(Path::of);
    List<String> files = new ArrayList<>();
    for (String folder : List.of("lib", "lib64")) {
      for (String name : names) {
        launcher
            .map(path -> path.resolveSibling("..").resolve(folder).resolve(name).normalize())
            .filter(Files::exists)
            .ifPresent(file -> files.add(file.toString()));
      }
    }
    return files.stream();
  }

  /** Held until the process ends: MPI cannot be unloaded. */
  @SuppressWarnings("restricted") // swax is started with --enable-native-access
  private static Optional<MpiLibrary> open(String place) {
    try {
      return Optional.of(new MpiLibrary(SymbolLookup.libraryLookup(place, Arena.global())));
    } catch (IllegalArgumentException | MpiException e) {
      return Optional.empty(); // the caller tells what was looked for
    }
  }
}
