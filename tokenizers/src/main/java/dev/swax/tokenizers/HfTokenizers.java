package dev.swax.tokenizers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.swax.runtime.Hashes;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.token.hf.HfFile;
import dev.swax.runtime.token.hf.HfLibrary;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Opens {@code tokenizer.json} files, each content once in a process. */
public final class HfTokenizers implements HfLibrary {
  /** Published ones have up to 35 MB. */
  private static final long MOST = 256 << 20;

  private static final String CONFIG = "tokenizer_config.json";

  private static final Map<Key, SoftReference<LoadedFile>> LOADED = new ConcurrentHashMap<>();

  /** Equal ones make the same tokens of text. */
  private record Key(String hash, boolean special) {}

  @Override
  public Tokenizer open(HfFile file) {
    try {
      byte[] text = RegularFile.bytes(file.file(), MOST);
      String hash = HexFormat.of().formatHex(Hashes.sha256().digest(text));
      LoadedFile loaded = loaded(new Key(hash, file.special()), text);
      Path config = file.file().resolveSibling(CONFIG);
      boolean configured = Files.exists(config);
      JsonNode settings = configured ? settings(config) : MissingNode.getInstance();
      return new HfTokenizer(
          loaded,
          Borders.of(loaded.json(), file, settings),
          hash,
          configured ? List.of(file.file(), config) : List.of(file.file()));
    } catch (IOException e) {
      throw refused(file.file(), Reasons.of(e), null);
    } catch (UserError e) {
      throw refused(file.file(), String.valueOf(e.getMessage()), e.help());
    }
  }

  private static JsonNode settings(Path config) {
    try {
      return TokenizerJson.MAPPER.readTree(RegularFile.bytes(config, RegularFile.SMALL));
    } catch (IOException e) {
      throw new UserError(
          "%s, which stands beside it: %s".formatted(config, Reasons.of(e)),
          "remove the file, or put it right");
    }
  }

  private static LoadedFile loaded(Key key, byte[] text) throws IOException {
    SoftReference<LoadedFile> known = LOADED.get(key);
    LoadedFile loaded = known == null ? null : known.get();
    if (loaded == null) {
      loaded = LoadedFile.of(text, key.special());
      LOADED.put(key, new SoftReference<>(loaded));
    }
    return loaded;
  }

  private static UserError refused(Path file, String reason, @Nullable String help) {
    return new UserError("cannot use %s as a tokenizer: %s".formatted(file, reason), help);
  }
}
