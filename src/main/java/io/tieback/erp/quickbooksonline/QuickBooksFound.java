package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/**
 * Records that a query found.
 *
 * @param records the records
 * @param asOf QuickBooks's clock when it answered; null when it did not say
 */
record QuickBooksFound(List<JsonNode> records, Instant asOf) {

  /** Nothing. */
  static final QuickBooksFound NONE = new QuickBooksFound(List.of(), null);

  QuickBooksFound {
    records = List.copyOf(records);
  }
}
