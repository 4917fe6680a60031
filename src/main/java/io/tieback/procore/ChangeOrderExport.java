package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.ChangeOrder;
import io.tieback.construction.OrderDatePolicy.Source;
import java.time.LocalDate;
import java.util.Map;

/**
 * The change order of a {@code create_commitment_change_order} event (Procore reference section 7).
 *
 * @param change the change order, with the links that the event has, without date
 * @param kind kind of its commitment
 * @param dates the days that Procore states, by where they stand
 * @param figures digest of what it comes to, line by line
 */
public record ChangeOrderExport(
    ChangeOrder change, CommitmentKind kind, Map<Source, LocalDate> dates, String figures) {

  private static final String EVENT = "create_commitment_change_order event";

  public ChangeOrderExport {
    dates = Map.copyOf(dates);
  }

  /** Reads the data of the event. */
  public static ChangeOrderExport of(JsonNode data) {
    JsonNode commitment = data.path("commitment");
    JsonNode shown = data.path("change_order");
    CommitmentKind kind = CommitmentExport.kind(commitment, EVENT);
    JsonNode vendor = commitment.path("vendor");
    JsonNode project = commitment.path("project");
    String projectLink = Fields.text(project, "origin_id");
    ChangeOrder change =
        new ChangeOrder(
            Fields.id(shown, "id", EVENT),
            kind.itemType(),
            Fields.id(commitment, "id", "commitment of the " + EVENT),
            Fields.id(project, "id", "project of the " + EVENT),
            Fields.id(vendor, "id", "vendor of the " + EVENT),
            projectLink == null ? Fields.text(data, "job_origin_id") : projectLink,
            Fields.text(vendor, "origin_id"),
            Fields.text(commitment, "origin_id"),
            orderNumber(commitment),
            Fields.text(shown, "number"),
            Fields.text(shown, "title"),
            Fields.text(shown, "status"),
            null,
            ContractLines.of(data.path("change_order_items"), EVENT));
    return new ChangeOrderExport(
        change,
        kind,
        CommitmentExport.dates(shown, data.path("additional_data"), EVENT),
        ContractLines.figuresDigest(data.path("change_order_items")));
  }

  /** The ERP's own number is shown to people as origin code; before that the approver's choice. */
  private static String orderNumber(JsonNode commitment) {
    for (String field : new String[] {"origin_code", "code", "number"}) {
      String number = Fields.text(commitment, field);
      if (number != null) {
        return number;
      }
    }
    return null;
  }
}
