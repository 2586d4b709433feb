package dev.swax.formats;

import dev.swax.runtime.data.format.FormatOptions;
import dev.swax.runtime.data.format.SourceFile;
import dev.swax.runtime.data.format.SourceStream;
import dev.swax.runtime.data.format.TextFormats;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A small file that another program wrote; on the disk, or as if it came out of an archive. */
final class Sample implements SourceFile {
  private final String name;
  private final byte[] content;
  private final Optional<Path> path;

  private Sample(String name, byte[] content, Optional<Path> path) {
    this.name = name;
    this.content = content;
    this.path = path;
  }

  static Sample of(String name, byte[] content) {
    return new Sample(name, content, Optional.empty());
  }

  /** One of those beside this class. */
  static Sample of(String name) {
    try (var in = Sample.class.getResourceAsStream(name)) {
      return of(name, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same as a file of the disk. */
  Sample in(Path folder) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, content);
    return new Sample(name, content, Optional.of(file));
  }

  byte[] content() {
    return content.clone();
  }

  /** Its documents, each with its line or row: {@code 3=hello}. */
  List<String> documents(FormatOptions options) {
    List<String> documents = new ArrayList<>();
    TextFormats.read(
        this,
        options,
        record ->
            documents.add(
                record.number() + "=" + new String(record.text(), StandardCharsets.UTF_8)));
    return documents;
  }

  List<String> documents() {
    return documents(FormatOptions.DEFAULT);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long bytes() {
    return content.length;
  }

  @Override
  public SourceStream open() {
    return SourceStream.of(new ByteArrayInputStream(content));
  }

  @Override
  public Optional<Path> path() {
    return path;
  }
}
