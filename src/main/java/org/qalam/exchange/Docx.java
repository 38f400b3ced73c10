package org.qalam.exchange;

import javax.xml.stream.XMLStreamReader;

/** Words of WordprocessingML that reading and writing share (ECMA-376, transitional). */
final class Docx {
  static final String MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  static final String RELATIONS =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";

  /** Twentieths of a point that a level of a list is set in by. */
  static final int STEP = 720;

  private Docx() {}

  /** An attribute by its name alone: strict documents have another name space. */
  static String value(XMLStreamReader at, String name) {
    for (int i = 0; i < at.getAttributeCount(); i++) {
      if (at.getAttributeLocalName(i).equals(name)) {
        return at.getAttributeValue(i);
      }
    }
    return "";
  }

  static int number(XMLStreamReader at, String name, int otherwise) {
    String digits = value(at, name);
    return digits.matches("-?\\d{1,8}") ? Integer.parseInt(digits) : otherwise;
  }

  /** Whether the element switches something on, as it does by being there. */
  static boolean isOn(XMLStreamReader at) {
    return isOn(value(at, "val"), true);
  }

  static boolean isOn(String value, boolean otherwise) {
    return switch (value) {
      case "" -> otherwise;
      case "0", "false", "off", "none" -> false;
      default -> true;
    };
  }
}
