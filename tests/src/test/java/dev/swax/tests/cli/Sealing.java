package dev.swax.tests.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.runtime.checkpoint.DamagedFileException;
import dev.swax.runtime.checkpoint.SealedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** Makes a changed run look whole: every hash in it is computed again, as a forger would. */
final class Sealing {
  private Sealing() {}

  /** Every run, checkpoint and result in a folder. */
  static void seal(Path folder) throws IOException {
    for (String name : Folders.files(folder)) {
      Path file = folder.resolve(name);
      Path parent = file.resolveSibling(".").normalize();
      try {
        switch (String.valueOf(file.getFileName())) {
          case "manifest.json" -> manifest(parent, file);
          case "state.json" -> state(parent, file);
          case "result.json" -> write(file, open(file));
          default -> {}
        }
      } catch (DamagedFileException | RuntimeException e) {
        continue; // what is no JSON, or has other fields, has no hash to forge
      }
    }
  }

  private static void manifest(Path run, Path file) throws IOException, DamagedFileException {
    ObjectNode root = open(file);
    ObjectNode hashes = root.withObject("/sha256");
    hashes.put("source", hash(bytes(run.resolve("run.swax"))));
    hashes.put("config", hash(bytes(run.resolve("config.txt"))));
    hashes.put("code", hash(lines(run.resolve("src"))));
    if (Files.isDirectory(run.resolve("imports"))) {
      hashes.put("imports", hash(lines(run.resolve("imports"))));
    }
    write(file, root);
  }

  private static byte[] lines(Path folder) throws IOException {
    List<String> names =
        Folders.files(folder).stream().sorted(Comparator.comparing(name -> number(name))).toList();
    var text = new StringBuilder();
    for (String name : names) {
      text.append(name).append(" = ").append(text(folder.resolve(name))).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static int number(String name) {
    String digits = name.replaceFirst("-.*", "");
    return digits.matches("\\d+") ? Integer.parseInt(digits) : 0;
  }

  private static void state(Path checkpoint, Path file) throws IOException, DamagedFileException {
    ObjectNode root = open(file);
    ObjectNode files = root.withObject("/files");
    for (String name : List.of("model.safetensors", "optim.safetensors")) {
      if (Files.isRegularFile(checkpoint.resolve(name))) {
        files.put(name, hash(bytes(checkpoint.resolve(name))));
      }
    }
    write(file, root);
  }

  private static ObjectNode open(Path file) throws IOException, DamagedFileException {
    ObjectNode root = SealedJson.parse(text(file));
    root.remove("checksum");
    return root;
  }

  private static void write(Path file, ObjectNode root) throws IOException {
    Files.writeString(file, SealedJson.seal(root));
  }

  private static String text(Path file) throws IOException {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(file + " is no file"); // a link to /dev/zero has no end
    }
    return Files.readAllBytes(file);
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
