package dev.swax.tests.document;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Links of Markdown files to files and headings of the repository. */
final class Links {
  private static final Pattern FENCE =
      Pattern.compile("^ *```.*?^ *```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

  private Links() {}

  /** Those that lead nowhere. */
  static List<String> broken(Page page) {
    List<String> broken = new ArrayList<>();
    String text = CODE.matcher(FENCE.matcher(page.text()).replaceAll("")).replaceAll("");
    LINK.matcher(text)
        .results()
        .map(link -> link.group(1))
        .filter(link -> !link.contains("://"))
        .filter(link -> !leadsSomewhere(page, link))
        .forEach(broken::add);
    return broken;
  }

  private static boolean leadsSomewhere(Page page, String link) {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path file =
        path.isEmpty()
            ? page.file()
            : page.file().resolveSibling(path).toAbsolutePath().normalize();
    if (!Files.exists(file)) {
      return false;
    }
    return hash < 0 || anchors(Page.read(file)).contains(link.substring(hash + 1));
  }

  /** The anchors of headings, as hosts of repositories make them. */
  private static Set<String> anchors(Page page) {
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    HEADING
        .matcher(FENCE.matcher(page.text()).replaceAll(""))
        .results()
        .map(heading -> anchor(heading.group(1)))
        .forEach(anchor -> {
          int before = seen.merge(anchor, 1, Integer::sum) - 1;
          anchors.add(before == 0 ? anchor : anchor + "-" + before);
        });
    return anchors;
  }

  private static String anchor(String heading) {
    return heading
        .replaceAll("]\\([^)]*\\)", "]")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .strip()
        .replace(' ', '-');
  }
}
