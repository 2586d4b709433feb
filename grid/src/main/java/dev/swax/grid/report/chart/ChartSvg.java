package dev.swax.grid.report.chart;

import dev.swax.runtime.Visible;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.w3c.dom.Text;

/** Draws a plot as one SVG element that stands alone or in a page, on a light or a dark ground. */
public final class ChartSvg {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";
  private static final int WIDTH = 520;
  private static final int HEIGHT = 360;
  private static final int FONT = 14;

  private static final int ABREAST = 3;
  private static final int PANEL_HEIGHT = 150;
  private static final int PANEL_FONT = 11;

  private ChartSvg() {}

  /**
   * Draws.
   *
   * @param title what readers that cannot see it are told
   * @param name unlike those of other figures of the page; starts the names of its parts
   */
  public static String draw(Plot plot, String title, String name) {
    Document document = document();
    SvgGraphics graphics = new SvgGraphics(document);
    new ChartBuilder(plot, new PlainFont(FONT))
        .chart(WIDTH, HEIGHT)
        .draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    return finish(document, graphics, HEIGHT, title, name);
  }

  /** Draws plots beside and below each other, each under its heading. */
  public static String draw(SequencedMap<String, Plot> panels, String title, String name) {
    Document document = document();
    SvgGraphics graphics = new SvgGraphics(document);
    double width = (double) WIDTH / ABREAST;
    int drawn = 0;
    for (Map.Entry<String, Plot> panel : panels.entrySet()) {
      double left = drawn % ABREAST * width;
      double top = drawn / ABREAST * (double) PANEL_HEIGHT;
      new ChartBuilder(panel.getValue(), new PlainFont(PANEL_FONT))
          .panel(panel.getKey())
          .draw(graphics, new Rectangle2D.Double(left, top, width, PANEL_HEIGHT));
      drawn++;
    }
    int rows = (drawn + ABREAST - 1) / ABREAST;
    return finish(document, graphics, rows * PANEL_HEIGHT, title, name);
  }

  private static String finish(
      Document document, SvgGraphics graphics, int height, String title, String name) {
    Element root = graphics.getRoot();
    rename(root, name);
    describe(document, root, height, title);
    return text(graphics, root);
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(NAMESPACE, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("this JDK makes no XML documents", e);
    }
  }

  private static String text(SvgGraphics graphics, Element root) {
    try (StringWriter writer = new StringWriter()) {
      graphics.stream(root, writer, false, false);
      String text = writer.toString().replace("\r\n", "\n");
      return text.substring(text.indexOf("<svg")).strip() + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void describe(Document document, Element root, int height, String title) {
    root.setAttributeNS(null, "width", Integer.toString(WIDTH));
    root.setAttributeNS(null, "height", Integer.toString(height));
    root.setAttributeNS(null, "viewBox", "0 0 " + WIDTH + " " + height);
    root.setAttributeNS(null, "role", "img");
    root.setAttributeNS(null, "class", "swax-figure");
    Element style = document.createElementNS(NAMESPACE, "style");
    style.appendChild(document.createTextNode(darkStyle()));
    root.insertBefore(style, root.getFirstChild());
    Element heading = document.createElementNS(NAMESPACE, "title");
    heading.appendChild(document.createTextNode(Visible.harmless(title)));
    root.insertBefore(heading, root.getFirstChild());
  }

  /** Gives every colour its twin where the page is dark. */
  private static String darkStyle() {
    StringBuilder style = new StringBuilder("@media (prefers-color-scheme: dark) {\n");
    for (Palette.Twin twin : Palette.all()) {
      for (String property : new String[] {"fill", "stroke"}) {
        style.append(
            String.format(
                Locale.ROOT,
                ".swax-figure [%s=\"%s\"] { %s: %s }\n",
                property,
                twin.light(),
                property,
                twin.dark()));
      }
    }
    return style.append("}").toString();
  }

  /** Starts ids with the figure's name, writes colours as the style does, keeps text to XML's. */
  private static void rename(Node node, String name) {
    if (node instanceof Text text) {
      text.setData(Visible.harmless(text.getData()));
    }
    NamedNodeMap attributes = node.getAttributes();
    for (int i = 0; attributes != null && i < attributes.getLength(); i++) {
      Node attribute = attributes.item(i);
      String value = attribute.getNodeValue();
      if (attribute.getNodeName().equals("id")) {
        attribute.setNodeValue(name + "-" + value);
      } else {
        attribute.setNodeValue(hex(value.replace("url(#", "url(#" + name + "-")));
      }
    }
    NodeList children = node.getChildNodes();
    for (int i = 0; i < children.getLength(); i++) {
      rename(children.item(i), name);
    }
  }

  private static String hex(String value) {
    if (value.equals("black") || value.equals("white") || !value.startsWith("rgb(")) {
      return value;
    }
    String[] parts = value.substring(4, value.length() - 1).split(",");
    return String.format(
        Locale.ROOT,
        "#%02x%02x%02x",
        Integer.parseInt(parts[0].strip()),
        Integer.parseInt(parts[1].strip()),
        Integer.parseInt(parts[2].strip()));
  }
}
