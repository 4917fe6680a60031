package io.tieback.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.approval.Findings;
import io.tieback.construction.Money;
import io.tieback.ledger.Connections;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.QueueItems;
import io.tieback.ledger.QueuePage;
import io.tieback.rules.Finding;
import io.tieback.wire.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * What the API says. Amounts are texts such as {@code 1250.00}, moments are in UTC, and what is not
 * known is null.
 */
final class ApiJson {

  private ApiJson() {}

  static ObjectNode row(QueuePage.Row row) {
    ObjectNode json = Json.object();
    json.put("id", row.id())
        .put("connection", row.connection().value())
        .put("door", row.door())
        .put("kind", row.kind())
        .put("procoreId", row.procoreId())
        .put("erpKey", row.erpKey())
        .put("state", row.state())
        .put("stateSince", text(row.stateSince()))
        .put("round", row.round())
        .put("inErp", row.inErp())
        .put("version", row.version())
        .put("number", row.number())
        .put("title", row.title())
        .put("party", row.party())
        .put("projectId", row.projectId())
        .put("projectName", row.projectName())
        .put("amount", amount(row.amount()))
        .put("currency", row.currency())
        .put("date", text(row.date()))
        .put("procoreStatus", row.procoreStatus())
        .put("sentBy", row.sentByName())
        .put("sentAt", text(row.sentAt()))
        .put("digest", row.shownDigest())
        .put("findings", new HashSet<>(Findings.read(row.findings())).size())
        .put("error", row.error());
    return json;
  }

  static ObjectNode item(QueueItem item) {
    ObjectNode json = Json.object();
    json.put("id", item.id())
        .put("connection", item.connection().value())
        .put("door", item.door())
        .put("kind", item.kind())
        .put("procoreId", item.procoreId())
        .put("erpKey", item.erpKey())
        .put("state", item.state())
        .put("stateSince", text(item.stateSince()))
        .put("round", item.round())
        .put("inErp", item.inErp())
        .put("version", item.version())
        .put("number", item.about().number())
        .put("title", item.about().title())
        .put("party", item.about().party())
        .put("projectId", item.about().projectId())
        .put("projectName", item.about().projectName())
        .put("amount", amount(item.about().amount()))
        .put("currency", item.about().currency())
        .put("date", text(item.about().date()))
        .put("procoreStatus", item.about().procoreStatus())
        .put("sentBy", item.way().sentByName())
        .put("sentAt", text(item.way().sentAt()))
        .put("acceptedAt", text(item.way().acceptedAt()))
        .put("decidedBy", item.way().decidedBy())
        .put("comment", item.way().comment())
        .put("digest", item.shown().digest())
        .put("error", item.way().error())
        .put("remedy", item.way().remedy())
        .put("changedAt", text(item.changedAt()));
    json.set("findings", findings(Findings.of(item)));
    return json;
  }

  static ObjectNode preview(QueueItem item) {
    ObjectNode json = Json.object();
    json.put("id", item.id()).put("version", item.version()).put("digest", item.shown().digest());
    JsonNode preview =
        item.shown().preview() == null ? NullNode.getInstance() : Json.read(item.shown().preview());
    json.set("preview", preview);
    json.set("findings", findings(Findings.of(item)));
    return json;
  }

  private static ArrayNode findings(List<Finding> findings) {
    ArrayNode json = Json.array();
    findings.forEach(
        one ->
            json.addObject()
                .put("rule", one.ruleId())
                .put("severity", one.severity().name().toLowerCase(Locale.ROOT))
                .put("field", one.field())
                .put("found", one.found())
                .put("limit", one.limit())
                .put("remedy", one.remedy()));
    return json;
  }

  static ObjectNode step(QueueItems.Step step) {
    return Json.object()
        .put("round", step.round())
        .put("action", step.action())
        .put("from", step.from())
        .put("to", step.to())
        .put("at", text(step.at()))
        .put("who", step.who())
        .put("reason", step.reason());
  }

  static ObjectNode connection(Connections.Connection one, String door) {
    return Json.object()
        .put("name", one.name().value())
        .put("procoreCompanyId", one.procoreCompanyId())
        .put("erp", one.erp())
        .put("door", door)
        .put("pausedAt", text(one.pausedAt()))
        .put("pauseReason", one.pauseReason())
        .put("paymentSchedule", one.paymentSchedule())
        .put("paymentsReadAt", text(one.paymentsReadAt()))
        .put("costsReadAt", text(one.costsReadAt()));
  }

  static ObjectNode count(QueueItems.Count one) {
    return Json.object()
        .put("connection", one.connection().value())
        .put("kind", one.kind())
        .put("state", one.state())
        .put("list", one.list())
        .put("items", one.items());
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }

  private static String amount(Money amount) {
    return amount == null ? null : amount.amount().toPlainString();
  }
}
