package org.qalam.exchange;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.UrlSanitizer;

/**
 * Writes a page of HTML that needs no other file and runs nothing. Each paragraph says which way it
 * runs.
 */
final class HtmlWriter {
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .extensions(Markdown.extensions())
          .escapeHtml(true)
          .sanitizeUrls(true)
          .urlSanitizer(new Links())
          .attributeProviderFactory(_ -> HtmlWriter::direct)
          .nodeRendererFactory(Boxes::new)
          .build();

  private static final String STYLE =
      "body{max-width:42em;margin:2em auto;padding:0 1em;line-height:1.6;"
          + "font-family:Georgia,'Noto Naskh Arabic','Times New Roman',serif}"
          + "pre,code{font-family:Consolas,'DejaVu Sans Mono',monospace;background:#f4f2ee}"
          + "pre{padding:.6em;overflow:auto}"
          + "blockquote{margin-inline:1em 0;padding-inline-start:1em;"
          + "border-inline-start:3px solid #bbb}"
          + "table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.2em .6em;"
          + "text-align:start}li>input{margin-inline-end:.4em}";

  private HtmlWriter() {}

  static String write(Node document, String title) {
    Direction whole = Direction.of(title + " " + Markdown.plain(document));
    return "<!DOCTYPE html>\n<html dir=\""
        + attribute(whole)
        + "\">\n<head>\n<meta charset=\"utf-8\">\n"
        + "<meta http-equiv=\"Content-Security-Policy\""
        + " content=\"default-src 'none'; img-src * data:; style-src 'unsafe-inline'\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width\">\n<title>"
        + escaped(title)
        + "</title>\n<style>"
        + STYLE
        + "</style>\n</head>\n<body>\n"
        + RENDERER.render(document)
        + "</body>\n</html>\n";
  }

  private static String escaped(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String attribute(Direction direction) {
    return direction.isRightToLeft() ? "rtl" : "ltr";
  }

  private static void direct(Node node, String tag, Map<String, String> attributes) {
    if (node instanceof FencedCodeBlock || node instanceof IndentedCodeBlock) {
      if (tag.equals("pre")) {
        attributes.put("dir", "ltr");
      }
    } else if (node instanceof Code) {
      attributes.put("dir", "auto");
    } else if (node instanceof Paragraph
        || node instanceof Heading
        || node instanceof BlockQuote
        || node instanceof ListBlock
        || node instanceof ListItem
        || node instanceof TableBlock
        || node instanceof TableCell) {
      attributes.put("dir", attribute(Direction.of(Markdown.plain(node))));
    }
  }

  /** Links of the kinds that {@link InlineText} knows. */
  private static final class Links implements UrlSanitizer {
    @Override
    public String sanitizeLinkUrl(String url) {
      return InlineText.isSafe(url) ? url : "";
    }

    @Override
    public String sanitizeImageUrl(String url) {
      return sanitizeLinkUrl(url);
    }
  }

  /** Tasks. */
  private static final class Boxes implements NodeRenderer {
    private final HtmlNodeRendererContext context;

    Boxes(HtmlNodeRendererContext context) {
      this.context = context;
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(TaskMark.class);
    }

    @Override
    public void render(Node node) {
      boolean done = ((TaskMark) node).done();
      Map<String, String> facts =
          done
              ? Map.of("type", "checkbox", "disabled", "", "checked", "")
              : Map.of("type", "checkbox", "disabled", "");
      context.getWriter().tag("input", new TreeMap<>(facts));
      context.getWriter().text(" ");
    }
  }
}
