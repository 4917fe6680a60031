package io.tieback.console.page;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table as CSV for a spreadsheet: UTF-8 with a mark at its beginning, commas, CRLF. What a
 * spreadsheet would take for a formula gets an apostrophe before it; figures keep their sign.
 */
public final class Csv {

  /** Where programs that part cells at semicolons, as French ones do, would see a formula begin. */
  private static final Pattern INNER = Pattern.compile("([;\t\r\n]\\s*)([=+@-])");

  private final StringBuilder text = new StringBuilder("\uFEFF");

  /** A table with these heads. */
  public Csv(List<String> heads) {
    row(heads);
  }

  /** Adds a row; null is an empty cell. */
  public Csv row(List<?> cells) {
    for (int i = 0; i < cells.size(); i++) {
      text.append(i == 0 ? "" : ",").append(cell(cells.get(i)));
    }
    text.append("\r\n");
    return this;
  }

  byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String cell(Object value) {
    if (value == null) {
      return "";
    }
    String plain = value.toString();
    boolean formula =
        !plain.isEmpty()
            && "=+-@\t\r".indexOf(plain.charAt(0)) >= 0
            && !plain.matches("-?[0-9]+([.][0-9]+)?");
    String safe = INNER.matcher(formula ? "'" + plain : plain).replaceAll("$1'$2");
    return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
