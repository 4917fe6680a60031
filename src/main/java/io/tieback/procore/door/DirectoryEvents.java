package io.tieback.procore.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.procore.Fields;
import io.tieback.procore.door.DoorRecord.Author;
import io.tieback.procore.door.DoorRecord.Facts;
import io.tieback.procore.door.DoorRecord.Presence;
import io.tieback.wire.Json;
import java.util.List;

/**
 * Companies, projects with their cost codes, and standard cost codes as Procore's own events have
 * them (Procore reference sections 7 and 9).
 */
public final class DirectoryEvents {

  private static final List<String> VENDOR_FIELDS =
      List.of(
          "id",
          "name",
          "company",
          "abbreviated_name",
          "address",
          "city",
          "state_code",
          "zip",
          "country_code",
          "business_phone",
          "mobile_phone",
          "fax_number",
          "email_address",
          "website",
          "is_active",
          "business_register",
          "trade_name",
          "origin_id",
          "created_at",
          "updated_at");

  private static final List<String> JOB_FIELDS =
      List.of(
          "id",
          "name",
          "project_number",
          "address",
          "city",
          "state_code",
          "zip",
          "active",
          "standard_cost_code_list_id",
          "origin_id");

  private static final List<String> CODE_FIELDS =
      List.of(
          "id",
          "name",
          "code",
          "full_code",
          "biller",
          "biller_type",
          "parent",
          "deleted_at",
          "origin_id");

  private static final List<String> STANDARD_FIELDS =
      List.of("id", "standard_cost_code_list_id", "parent_id", "code", "full_code", "name");

  private DirectoryEvents() {}

  /** A company, from the list of vendors. */
  public static DoorRecord vendor(JsonNode vendor, long companyId) {
    long id = Fields.id(vendor, "id", "company");
    ObjectNode event = Json.object();
    event.set("vendor", Picked.fields(vendor, VENDOR_FIELDS));
    event.put("company_id", companyId);
    String name = Fields.text(vendor, "name");
    return new DoorRecord(
        DoorEvents.VENDOR,
        id,
        event,
        EventDigest.of(event),
        new Facts(
            Fields.text(vendor.path("business_register"), "identifier"),
            name,
            name,
            null,
            null,
            null,
            id,
            null,
            null,
            null,
            vendor.path("is_active").asBoolean(true) ? "active" : "inactive",
            Picked.moment(vendor, "updated_at")),
        Author.UNKNOWN,
        Presence.THERE,
        null);
  }

  /**
   * A project with its cost codes; what it is called and which codes it has with which types is
   * what an export depends on.
   */
  public static DoorRecord project(JsonNode project, List<JsonNode> costCodes) {
    long id = Fields.id(project, "id", "project");
    ObjectNode event = Json.object();
    ObjectNode job = Picked.fields(project, JOB_FIELDS);
    event.set("job", job);
    ArrayNode codes = event.putArray("all_cost_codes");
    for (JsonNode code : costCodes) {
      ObjectNode picked = Picked.fields(code, CODE_FIELDS);
      ArrayNode types = picked.putArray("line_item_types");
      code.path("line_item_types")
          .forEach(
              type -> types.add(Picked.fields(type, List.of("id", "name", "code", "base_type"))));
      codes.add(picked);
    }
    String name = Fields.text(project, "name");
    return new DoorRecord(
        DoorEvents.PROJECT,
        id,
        event,
        EventDigest.of(counted(job, codes)),
        new Facts(
            Fields.text(project, "project_number"),
            name,
            null,
            id,
            name,
            null,
            null,
            null,
            null,
            null,
            project.path("active").asBoolean(true) ? "active" : "inactive",
            Picked.moment(project, "updated_at")),
        Author.UNKNOWN,
        Presence.THERE,
        null);
  }

  private static JsonNode counted(ObjectNode job, ArrayNode codes) {
    ObjectNode counted = Json.object();
    counted.set("name", job.path("name"));
    codes.forEach(
        code -> {
          if (Fields.text(code, "deleted_at") == null) {
            ObjectNode one = counted.putObject("code " + code.path("id").asText());
            one.set("full", code.path("full_code"));
            one.set("name", code.path("name"));
            code.path("line_item_types")
                .forEach(type -> one.set("type " + type.path("code").asText(), type.path("id")));
          }
        });
    return counted;
  }

  /** A standard cost code, as the only element of its event. */
  public static DoorRecord standardCode(JsonNode code, long listId) {
    long id = Fields.id(code, "id", "standard cost code");
    ObjectNode picked = Picked.fields(code, STANDARD_FIELDS);
    picked.put("standard_cost_code_list_id", listId);
    ArrayNode event = Json.array().add(picked);
    String full = Fields.text(code, "full_code");
    return new DoorRecord(
        DoorEvents.STANDARD_CODE,
        id,
        event,
        EventDigest.of(event),
        new Facts(
            full == null ? Fields.text(code, "code") : full,
            Fields.text(code, "name"),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Picked.moment(code, "updated_at")),
        Author.UNKNOWN,
        Presence.THERE,
        null);
  }
}
