package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Commitment;
import io.tieback.construction.OrderDatePolicy.Source;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;

/**
 * The commitment of a {@code create_commitment} event (Procore reference section 7). The event is a
 * snapshot: links that were made since are missing in it.
 *
 * @param commitment the commitment, with the links that the event has, without date and currency
 * @param kind subcontract or purchase order
 * @param dates the days that Procore states, by where they stand
 * @param figures digest of what it comes to, line by line
 */
public record CommitmentExport(
    Commitment commitment, CommitmentKind kind, Map<Source, LocalDate> dates, String figures) {

  static final String EVENT = "create_commitment event";

  public CommitmentExport {
    dates = Map.copyOf(dates);
  }

  /** Reads the data of the event. */
  public static CommitmentExport of(JsonNode data) {
    JsonNode shown = data.path("commitment");
    CommitmentKind kind = kind(shown, EVENT);
    JsonNode vendor = shown.path("vendor");
    JsonNode project = shown.path("project");
    String projectLink = Fields.text(project, "origin_id");
    Commitment commitment =
        new Commitment(
            Fields.id(shown, "id", EVENT),
            kind.itemType(),
            Fields.id(project, "id", "project of the " + EVENT),
            Fields.id(vendor, "id", "vendor of the " + EVENT),
            projectLink == null ? Fields.text(data, "job_id") : projectLink,
            Fields.text(vendor, "origin_id"),
            Fields.text(shown, "number"),
            Fields.text(shown, "code"),
            Fields.text(shown, "title"),
            Fields.text(shown, "status"),
            null,
            Fields.dateOrNull(shown, "delivery_date", EVENT),
            Fields.text(shown.path("currency_configuration"), "currency_iso_code"),
            Fields.money(shown, "grand_total", EVENT),
            ContractLines.of(data.path("commitment_items"), EVENT));
    return new CommitmentExport(
        commitment,
        kind,
        dates(shown, data.path("additional_data"), EVENT),
        FiguresDigest.of(
            ContractLines.figuresDigest(data.path("commitment_items")),
            String.valueOf(shown.path("grand_total"))));
  }

  /** The kind of an event's commitment; refused when the word is unknown. */
  static CommitmentKind kind(JsonNode commitment, String of) {
    String word = Fields.text(commitment, "type");
    return CommitmentKind.of(word)
        .orElseThrow(
            () ->
                ProcoreClient.unusable(
                    of + " in Procore",
                    "type is " + word + ", WorkOrderContract or PurchaseOrderContract is expected",
                    "Tell whoever runs Tieback."));
  }

  /** The days that an event states. */
  static Map<Source, LocalDate> dates(JsonNode shown, JsonNode additional, String of) {
    Map<Source, LocalDate> dates = new EnumMap<>(Source.class);
    for (Source source : Source.values()) {
      JsonNode where = source == Source.ACCOUNTING_DATE ? additional : shown;
      LocalDate day = source == Source.TODAY ? null : Fields.dateOrNull(where, source.word(), of);
      if (day != null) {
        dates.put(source, day);
      }
    }
    return dates;
  }
}
