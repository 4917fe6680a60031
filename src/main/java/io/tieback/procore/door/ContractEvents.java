package io.tieback.procore.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.Money;
import io.tieback.procore.CommitmentKind;
import io.tieback.procore.Fields;
import io.tieback.procore.door.DoorRecord.Facts;
import io.tieback.procore.door.DoorRecord.Presence;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Commitments and their change orders as Procore's own events have them (Procore reference sections
 * 7, 10 and 11).
 */
public final class ContractEvents {

  private static final List<String> HEADER_FIELDS =
      List.of(
          "id",
          "number",
          "title",
          "status",
          "executed",
          "accounting_method",
          "grand_total",
          "approved_change_orders",
          "pending_change_orders",
          "draft_change_orders_amount",
          "revised_contract",
          "retainage_percent",
          "contract_date",
          "contract_start_date",
          "delivery_date",
          "due_date",
          "issued_on_date",
          "execution_date",
          "payment_terms",
          "currency_configuration",
          "origin_id",
          "origin_code",
          "created_at",
          "updated_at");

  private static final List<String> CHANGE_FIELDS =
      List.of(
          "id",
          "contract_id",
          "number",
          "status",
          "title",
          "due_date",
          "invoiced_date",
          "paid_date",
          "reviewed_at",
          "signed_change_order_received_date",
          "currency_configuration",
          "origin_id",
          "created_at",
          "updated_at");

  private static final List<String> LINE_FIELDS =
      List.of(
          "id",
          "position",
          "description",
          "amount",
          "quantity",
          "unit_cost",
          "uom",
          "extended_type",
          "extended_amount",
          "total_amount",
          "tax_code_id",
          "commitment_line_item_id",
          "holder",
          "origin_id");

  private static final List<String> CODE_FIELDS =
      List.of("id", "name", "full_code", "code", "origin_id");

  private static final List<String> TYPE_FIELDS =
      List.of("id", "name", "code", "base_type", "origin_id");

  private ContractEvents() {}

  /**
   * A commitment.
   *
   * @param shown the commitment with its lines
   */
  public static DoorRecord commitment(CommitmentKind kind, JsonNode shown) {
    long id = Fields.id(shown, "id", "commitment");
    String of = "commitment " + id;
    ObjectNode event = Json.object();
    event.putNull("job_id");
    event.set("commitment", header(kind, shown));
    ArrayNode items = event.putArray("commitment_items");
    shown.path("line_items").forEach(line -> items.add(line(line, of)));
    event.putObject("additional_data").putNull("accounting_date");
    return new DoorRecord(
        kind.itemType(),
        id,
        event,
        EventDigest.of(event),
        facts(shown, of),
        Picked.author(shown, of),
        Picked.deleted(shown) ? Presence.GONE : Presence.THERE,
        null);
  }

  private static ObjectNode header(CommitmentKind kind, JsonNode shown) {
    ObjectNode header = Picked.fields(shown, HEADER_FIELDS);
    header.put("type", kind.className());
    header.putNull("code");
    header.set(
        "vendor", Picked.fields(shown.path("vendor"), List.of("id", "company", "origin_id")));
    header.set("project", Picked.fields(shown.path("project"), List.of("id", "name", "origin_id")));
    return header;
  }

  private static Facts facts(JsonNode shown, String of) {
    return new Facts(
        Fields.text(shown, "number"),
        Fields.text(shown, "title"),
        Fields.text(shown.path("vendor"), "company"),
        Fields.idOrNull(shown.path("project"), "id", of),
        Fields.text(shown.path("project"), "name"),
        null,
        Fields.idOrNull(shown.path("vendor"), "id", of),
        Fields.moneyOrNull(shown, "grand_total", of),
        Fields.text(shown.path("currency_configuration"), "currency_iso_code"),
        Fields.dateOrNull(shown, "contract_date", of),
        Fields.text(shown, "status"),
        Picked.moment(shown, "updated_at"));
  }

  /**
   * A change order of a commitment.
   *
   * @param shown the package
   * @param lines its lines, of itself or of its potential change orders
   * @param commitment the event of its commitment, as {@link #commitment} makes it
   */
  public static DoorRecord changeOrder(JsonNode shown, List<JsonNode> lines, JsonNode commitment) {
    long id = Fields.id(shown, "id", "change order");
    String of = "change order " + id;
    JsonNode header = commitment.path("commitment");
    ObjectNode event = Json.object();
    event.putNull("job_origin_id");
    event.set("commitment", header.deepCopy());
    event.set("commitment_items", Json.array());
    ObjectNode change = Picked.fields(shown, CHANGE_FIELDS);
    event.set("change_order", change);
    List<ObjectNode> items = new ArrayList<>();
    lines.forEach(line -> items.add(line(line, of)));
    event.putArray("change_order_items").addAll(items);
    event.putObject("additional_data").putNull("accounting_date");
    ObjectNode counted = Json.object();
    counted.set("change_order", change);
    counted.set("change_order_items", event.get("change_order_items"));
    Money total =
        Money.sum(items.stream().map(item -> Fields.moneyOrZero(item, "amount", of)).toList());
    return new DoorRecord(
        DoorEvents.CHANGE_ORDER,
        id,
        event,
        EventDigest.of(counted),
        new Facts(
            Fields.text(shown, "number"),
            Fields.text(shown, "title"),
            Fields.text(header.path("vendor"), "company"),
            Fields.idOrNull(header.path("project"), "id", of),
            Fields.text(header.path("project"), "name"),
            Fields.id(header, "id", of),
            Fields.idOrNull(header.path("vendor"), "id", of),
            total,
            Fields.text(header.path("currency_configuration"), "currency_iso_code"),
            Fields.dateOrNull(shown, "reviewed_at", of),
            Fields.text(shown, "status"),
            Picked.moment(shown, "updated_at")),
        Picked.author(shown, of),
        Picked.deleted(shown) ? Presence.GONE : Presence.THERE,
        null);
  }

  /**
   * A line. Lines of a package have no {@code amount} of their own in the published contract: then
   * it is {@code extended_amount}, which is the line's own price without markup.
   */
  private static ObjectNode line(JsonNode line, String of) {
    ObjectNode item = Picked.fields(line, LINE_FIELDS);
    if (Fields.moneyOrNull(line, "amount", of) == null) {
      boolean extended = Fields.moneyOrNull(line, "extended_amount", of) != null;
      Picked.copy(line, extended ? "extended_amount" : "total_amount", item, "amount");
    }
    item.set("cost_code", orNull(line.path("cost_code"), CODE_FIELDS));
    item.set("line_item_type", orNull(line.path("line_item_type"), TYPE_FIELDS));
    return item;
  }

  private static JsonNode orNull(JsonNode object, List<String> fields) {
    return object.isObject() && object.hasNonNull("id")
        ? Picked.fields(object, fields)
        : Json.object().nullNode();
  }
}
