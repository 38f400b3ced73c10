package org.qalam.ui.editor;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.fxmisc.richtext.model.ReadOnlyStyledDocument;
import org.fxmisc.richtext.model.ReadOnlyStyledDocumentBuilder;
import org.fxmisc.richtext.model.SegmentOps;
import org.fxmisc.richtext.model.StyledDocument;
import org.qalam.language.InterfaceLanguage;
import org.qalam.ui.text.TextDirection;

/**
 * A text with the styles of its Markdown, ready to be put into the control. Making one takes a
 * tenth of a second for 200 KB, so it is done away from the JavaFX thread; it belongs to no thread.
 *
 * @param text its lines end as they are on disk
 * @param longestWord letters of a right-to-left word that surely fit into a line, for {@link
 *     MarkdownStyles}
 * @param document the same text for the control
 */
record StyledPage(
    String text,
    int longestWord,
    StyledDocument<Collection<String>, String, Collection<String>> document)
    implements Surface.Page {
  private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");
  private static final SegmentOps<String, Collection<String>> SEGMENTS = SegmentOps.styledTextOps();

  static StyledPage of(String text, int longestWord) {
    ReadOnlyStyledDocument<Collection<String>, String, Collection<String>> document =
        ReadOnlyStyledDocumentBuilder.constructDocument(
            SEGMENTS,
            List.of(),
            lines -> {
              boolean rightToLeft = InterfaceLanguage.isRightToLeft();
              for (String line : LINE_END.split(text, -1)) {
                rightToLeft = TextDirection.isRightToLeft(line, rightToLeft);
                lines.addParagraph(
                    line,
                    MarkdownStyles.characters(line, longestWord),
                    MarkdownStyles.paragraph(rightToLeft));
              }
            });
    return new StyledPage(text, longestWord, document);
  }
}
