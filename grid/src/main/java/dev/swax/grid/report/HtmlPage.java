package dev.swax.grid.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The frame of a page that needs nothing outside itself, and its style. */
public final class HtmlPage {
  private HtmlPage() {}

  /** A page up to its heading. */
  public static Markup open(String title) {
    Markup html = new Markup();
    html.raw("<!DOCTYPE html>\n");
    html.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en").newLine();
    html.open("head").newLine();
    html.empty("meta", "charset", "utf-8").newLine();
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.newLine().element("title", title).newLine();
    html.open("style").raw("\n" + style()).close().newLine().close().newLine();
    html.open("body").newLine().open("main").newLine();
    html.element("h1", title).newLine();
    return html;
  }

  /** The text of a page that {@link #open} began, with its end. */
  public static String close(Markup html) {
    html.close().newLine().close().newLine().close().newLine();
    return html.toString();
  }

  private static String style() {
    try (InputStream in = HtmlPage.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css is not among the classes");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
