package org.qalam.exchange;

import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/** XML of strangers: without document types, entities of their own, or anything from elsewhere. */
final class SafeXml {
  /** Elements within each other. Word and LibreOffice write about thirty. */
  static final int DEEPEST = 256;

  private static final String XLINK = "http://www.w3.org/1999/xlink";

  private SafeXml() {}

  static XMLStreamReader reader(InputStream in) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver((_, _, _, _) -> {
      throw new XMLStreamException("refers to another file");
    });
    return new Guarded(factory.createXMLStreamReader(in));
  }

  /** What XML 1.0 can hold of a text. */
  static String clean(String text) {
    boolean isClean = true;
    for (int i = 0; i < text.length() && isClean; i++) {
      char c = text.charAt(i);
      isClean = c >= ' ' && c < '\ud800';
    }
    if (isClean) {
      return text;
    }
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints()
        .filter(c ->
            c == '\t'
                || c == '\n'
                || (c >= ' ' && c < 0xd800)
                || (c > 0xdfff && c < 0xfffe)
                || c > 0xffff)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  /** Where a link leads. */
  static String href(XMLStreamReader at) {
    String target = at.getAttributeValue(XLINK, "href");
    return target == null ? "" : target;
  }

  /** Goes to the end of the element that the reader is at the start of. */
  static void skip(XMLStreamReader at) throws XMLStreamException {
    int depth = 1;
    while (depth > 0) {
      int event = at.next();
      if (event == XMLStreamReader.START_ELEMENT) {
        depth++;
      } else if (event == XMLStreamReader.END_ELEMENT) {
        depth--;
      }
    }
  }

  /** Counts the depth. */
  private static final class Guarded extends StreamReaderDelegate {
    private int depth;

    Guarded(XMLStreamReader reader) {
      super(reader);
    }

    @Override
    public int next() throws XMLStreamException {
      int event = super.next();
      if (event == START_ELEMENT) {
        depth++;
        if (depth > DEEPEST) {
          throw new XMLStreamException("has more than " + DEEPEST + " elements within each other");
        }
      } else if (event == END_ELEMENT) {
        depth--;
      } else if (event == DTD || event == ENTITY_REFERENCE) {
        throw new XMLStreamException("declares entities of its own");
      }
      return event;
    }
  }
}
