package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What finds a record of ours again in QuickBooks Online: {@code [tieback: MARKER]} in the private
 * note of bills, vendor credits and purchase orders ({@code PrivateNote}, 4,000 characters, the
 * "Memo" of the page) and in the notes of vendors ({@code Notes}, 1,024 characters; {@code AcctNum}
 * holds 15 only and stands on cheques). QuickBooks has no field that only interfaces write, so
 * people may write around it: the brackets are what counts. An item needs none: its name is unique.
 */
final class QuickBooksMarker {

  static final String NOTE = "PrivateNote";
  static final String VENDOR_NOTE = "Notes";
  private static final Pattern MARKER = Pattern.compile("\\[tieback:\\s*([^\\]\\s]+)\\s*]");

  private QuickBooksMarker() {}

  /** A note that bears a marker after words for people. */
  static String note(String words, String marker) {
    return words + " " + inBrackets(marker);
  }

  /** The marker as it stands in a note. */
  static String inBrackets(String marker) {
    return "[tieback: " + marker + "]";
  }

  /** The words of a note without its marker, or null when nothing else is in it. */
  static String wordsOf(String note) {
    String words = note == null ? "" : MARKER.matcher(note).replaceAll("").strip();
    return words.isEmpty() ? null : words;
  }

  /** The marker in a text, or null when it bears none. */
  static String in(String text) {
    Matcher found = MARKER.matcher(text == null ? "" : text);
    return found.find() ? found.group(1) : null;
  }

  /** The marker of a record as QuickBooks shows it, or null when it bears none. */
  static String of(JsonNode shown) {
    String marker = in(QuickBooksJson.text(shown, NOTE));
    return marker != null ? marker : in(QuickBooksJson.text(shown, VENDOR_NOTE));
  }
}
