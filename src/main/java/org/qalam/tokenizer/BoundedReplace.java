package org.qalam.tokenizer;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;

/** The filter {@code replace(old, new)}, whose result stays within a length. */
final class BoundedReplace implements Filter {
  private final long maxLength;

  BoundedReplace(long maxLength) {
    this.maxLength = maxLength;
  }

  @Override
  public String getName() {
    return "replace";
  }

  @Override
  public Object filter(Object value, JinjavaInterpreter interpreter, String... arguments) {
    if (value == null || arguments.length < 2) {
      throw new IllegalArgumentException("'replace' needs a text and two more");
    }
    return PythonText.replace(value.toString(), arguments[0], arguments[1], maxLength);
  }
}
