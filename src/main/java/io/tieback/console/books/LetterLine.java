package io.tieback.console.books;

import io.tieback.console.page.Ask;
import io.tieback.ledger.DeadLetterRow;

/**
 * A dead letter as a list shows it.
 *
 * @param row what the ledger knows
 * @param href its page
 * @param name number or key of its record
 * @param entity what it is about
 * @param colour of its kind of failure
 */
record LetterLine(DeadLetterRow row, String href, String name, String entity, String colour) {

  static LetterLine of(Ask ask, DeadLetterRow row) {
    return new LetterLine(
        row,
        "/console/dead-letters/" + row.id(),
        row.number() == null ? row.key() : row.number(),
        BookWords.entity(ask, row.entity()),
        colour(row));
  }

  private static String colour(DeadLetterRow row) {
    return switch (row.state()) {
      case "open" ->
          switch (row.failureKind()) {
            case "REFUSED", "DEFECT" -> "red";
            default -> "yellow";
          };
      case "replayed" -> "blue";
      default -> "none";
    };
  }
}
