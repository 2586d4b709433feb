package dev.swax.runtime.data.format;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file in memory. */
final class BytesFile implements SourceFile {
  private final String name;
  private final byte[] content;

  BytesFile(String name, byte[] content) {
    this.name = name;
    this.content = content;
  }

  static BytesFile of(String name, String content) {
    return new BytesFile(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** The documents of it, each with its name: {@code a.txt=hello}. */
  List<String> documents(FormatOptions options) {
    List<String> documents = new ArrayList<>();
    var open = new StringBuilder();
    TextFormats.read(
        this,
        options,
        record -> {
          open.append(new String(record.text(), StandardCharsets.UTF_8));
          if (record.end()) {
            documents.add(record.name(this) + "=" + open);
            open.setLength(0);
          }
        });
    return documents;
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
    return Optional.empty();
  }
}
