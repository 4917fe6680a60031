package io.tieback.construction;

import java.util.regex.Pattern;

/**
 * The name of a connection: one Procore company joined to one ERP company (design section 2). Every
 * row, link, cursor, budget and {@code origin_id} carries it.
 *
 * @param value 1 to 40 characters, {@code a-z}, {@code 0-9} and hyphens, starting with a letter. It
 *     may not contain {@code xero}: the name is part of the marker in a bill's {@code Url}, and
 *     Xero refuses an address with its own name in it (Xero reference section 9).
 */
public record ConnectionId(String value) {

  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  /**
   * @throws IllegalArgumentException when the name breaks the form above; the message names the
   *     limit
   */
  public ConnectionId {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "connection name '"
              + value
              + "' must be 1 to 40 characters of a-z, 0-9 and hyphen, starting with a letter");
    }
    if (value.contains("xero")) {
      throw new IllegalArgumentException(
          "connection name '"
              + value
              + "' must not contain 'xero': it becomes part of a bill's web address, which Xero"
              + " then refuses");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
