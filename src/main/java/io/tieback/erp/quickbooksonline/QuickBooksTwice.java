package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.erp.WrittenDocument;
import java.util.ArrayList;
import java.util.List;

/** Records of ours that are in QuickBooks more than once, as by "Make a copy" on its page. */
final class QuickBooksTwice {

  private QuickBooksTwice() {}

  /** The first, with a warning for each further one. */
  static WrittenDocument noted(
      WrittenDocument first, QuickBooksEnvelope sent, List<JsonNode> ours) {
    List<String> warnings = new ArrayList<>(first.warnings());
    for (JsonNode other : ours) {
      String id = QuickBooksJson.id(other);
      if (!id.equals(first.erpId()) && !QuickBooksComparison.isVoided(other)) {
        warnings.add(
            QuickBooksComparison.DIFFERENCE
                + " QuickBooks has another "
                + sent.entity().word()
                + " with the same marker: "
                + id
                + "; delete one of the two, or take the marker off the note of a copy");
      }
    }
    return warnings.size() == first.warnings().size()
        ? first
        : new WrittenDocument(
            first.marker(),
            first.erpId(),
            first.erpNumber(),
            first.lineIds(),
            first.total(),
            first.status(),
            warnings);
  }
}
