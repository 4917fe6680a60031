package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.DirectCost;
import io.tieback.construction.JobCost;
import io.tieback.construction.Money;
import io.tieback.wire.Json;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Documents of the ERP and direct costs as the ledger keeps them: JSON with the fields in one
 * order, so that equal records have equal texts.
 */
final class JobCostTexts {

  private JobCostTexts() {}

  static String text(JobCost document) {
    ObjectNode json =
        Json.object()
            .put("kind", document.kind().name())
            .put("erpId", document.erpId())
            .put("number", document.number())
            .put("contactKey", document.contactKey())
            .put("contactName", document.contactName())
            .put("date", day(document.date()))
            .put("currency", document.currency())
            .put("status", document.status().name())
            .put("marker", document.marker());
    ArrayNode lines = json.putArray("lines");
    for (JobCost.Line line : document.lines()) {
      lines
          .addObject()
          .put("key", line.key())
          .put("description", line.description())
          .put("projectKey", line.projectKey())
          .put("projectName", line.projectName())
          .put("itemCode", line.itemCode())
          .put("accountCode", line.accountCode())
          .put("amount", line.amount().toString());
    }
    return Json.write(json);
  }

  static JobCost document(String text) {
    JsonNode json = Json.read(text);
    List<JobCost.Line> lines = new ArrayList<>();
    for (JsonNode line : json.path("lines")) {
      lines.add(
          new JobCost.Line(
              field(line, "key"),
              field(line, "description"),
              field(line, "projectKey"),
              field(line, "projectName"),
              field(line, "itemCode"),
              field(line, "accountCode"),
              Money.of(field(line, "amount"))));
    }
    return new JobCost(
        JobCost.Kind.valueOf(field(json, "kind")),
        field(json, "erpId"),
        field(json, "number"),
        field(json, "contactKey"),
        field(json, "contactName"),
        day(field(json, "date")),
        field(json, "currency"),
        JobCost.Status.valueOf(field(json, "status")),
        field(json, "marker"),
        lines);
  }

  static String text(DirectCost cost) {
    ObjectNode json =
        Json.object()
            .put("originId", cost.originId())
            .put("projectId", cost.projectId())
            .put("type", cost.type().name())
            .put("vendorId", cost.vendorId())
            .put("invoiceNumber", cost.invoiceNumber())
            .put("date", day(cost.date()))
            .put("description", cost.description());
    ArrayNode lines = json.putArray("lines");
    for (DirectCost.Line line : cost.lines()) {
      lines
          .addObject()
          .put("originId", line.originId())
          .put("costCodeId", line.costCodeId())
          .put("costTypeId", line.costTypeId())
          .put("amount", line.amount().toString())
          .put("description", line.description());
    }
    return Json.write(json);
  }

  static DirectCost cost(String text) {
    JsonNode json = Json.read(text);
    List<DirectCost.Line> lines = new ArrayList<>();
    for (JsonNode line : json.path("lines")) {
      lines.add(
          new DirectCost.Line(
              field(line, "originId"),
              line.path("costCodeId").longValue(),
              line.path("costTypeId").longValue(),
              Money.of(field(line, "amount")),
              field(line, "description")));
    }
    return new DirectCost(
        field(json, "originId"),
        json.path("projectId").longValue(),
        DirectCost.Type.valueOf(field(json, "type")),
        json.hasNonNull("vendorId") ? Long.valueOf(json.path("vendorId").longValue()) : null,
        field(json, "invoiceNumber"),
        day(field(json, "date")),
        field(json, "description"),
        lines);
  }

  private static String field(JsonNode json, String name) {
    return json.path(name).textValue();
  }

  private static String day(LocalDate date) {
    return date == null ? null : date.toString();
  }

  private static LocalDate day(String text) {
    return text == null ? null : LocalDate.parse(text);
  }
}
