package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the requisitions of a seed. Those of a commitment form a chain by {@code number}; each new
 * one must be above the last. A line continues the line of the previous requisition with the same
 * kind and commitment line (contract detail items and lines without commitment line: also the same
 * description). A line that is missing from the next requisition is carried on there as a line
 * without billing, as Procore keeps every line of the schedule of values. Balances that are not
 * given ({@code materialsStored}, {@code materialsRetained}) stay as they were.
 */
final class SeedRequisitions {
  static final List<String> STATUS =
      List.of(
          "draft",
          "under_review",
          "revise_and_resubmit",
          "approved",
          "approved_as_noted",
          "pending_owner_approval");
  private static final List<String> KINDS =
      List.of("contract_item", "contract_detail_item", "change_order_item");
  private static final String[] LINE_FIELDS = {
    "id",
    "kind",
    "commitmentLineId",
    "description",
    "costCodeId",
    "lineItemTypeId",
    "accountingMethod",
    "workThisPeriod",
    "quantity",
    "unitPrice",
    "materialsStored",
    "materialsMoved",
    "workRetained",
    "workReleased",
    "materialsRetained",
    "materialsReleased",
    "materialsRetainageMoved",
    "taxCode",
    "scheduledValue",
    "changeOrderLineOriginId"
  };

  private record Read(SeedReader in, Model.Requisition requisition) {}

  private final State state;
  private final Seed seed;
  private final Instant now;
  private final Map<Long, Model.Requisition> made = new LinkedHashMap<>();
  private final Map<Long, Model.Item> items = new LinkedHashMap<>();
  private final Map<String, Model.BillingPeriod> periods = new HashMap<>();
  private final Map<Model.Commitment, Model.Requisition> last = new HashMap<>();

  /** Commitment lines by who bills against them in this seed: true when change orders do. */
  private final Map<Model.CommitmentLine, Boolean> changeOrderScope = new HashMap<>();

  SeedRequisitions(State state, Seed seed, Instant now) {
    this.state = state;
    this.seed = seed;
    this.now = now;
  }

  ObjectNode read(SeedReader root) {
    ObjectNode ids = Json.object();
    List<Read> all = new ArrayList<>();
    Map<Model.Commitment, Integer> next = new HashMap<>();
    for (SeedReader in :
        root.list(
            "requisitions",
            "id",
            "commitmentId",
            "number",
            "invoiceNumber",
            "status",
            "billingDate",
            "periodStart",
            "periodEnd",
            "paymentDate",
            "dueDate",
            "accountingMethod",
            "moveMaterialsToPrevious",
            "tax",
            "attachments",
            "lines")) {
      Model.Requisition requisition = header(in, next);
      made.put(requisition.id, requisition);
      all.add(new Read(in, requisition));
      ids.withArray("requisitions").add(requisition.id);
    }
    all.sort((a, b) -> Integer.compare(a.requisition().number, b.requisition().number));
    for (Read read : all) {
      lines(read);
    }
    ObjectNode lineIds = Json.object();
    made.values()
        .forEach(
            requisition -> {
              var array = lineIds.putArray(Long.toString(requisition.id));
              requisition.items.forEach(item -> array.add(item.id));
            });
    if (!made.isEmpty()) {
      ids.set("requisitionLines", lineIds);
    }
    return ids;
  }

  void commit() {
    periods.values().forEach(state::add);
    changeOrderScope.forEach((line, changeOrder) -> line.changeOrder = changeOrder);
    made.values().stream()
        .sorted((a, b) -> Integer.compare(a.number, b.number))
        .forEach(
            requisition -> {
              // Summaries need the scope of the commitment's lines, which is known only now.
              requisition.summary = Summary.of(requisition);
              requisition.commitment.requisitions.add(requisition);
              state.requisitions.put(requisition.id, requisition);
              seed.made("requisition", requisition.id);
            });
    for (Model.Item item : items.values()) {
      state.items.put(item.id, item);
      if (item.changeOrderLineId != null) {
        state.changeOrderLines.putIfAbsent(item.changeOrderLineId, item);
      }
    }
  }

  private Model.Requisition header(SeedReader in, Map<Model.Commitment, Integer> next) {
    Model.Requisition made = new Model.Requisition();
    made.id = seed.id(in, this.made, state.requisitions);
    made.commitment = seed.find(in, "commitmentId", seed.commitments, state.commitments);
    int lowest = made.commitment.nextNumber();
    Long number = in.numberOrNull("number");
    made.number =
        number == null ? next.getOrDefault(made.commitment, lowest) : Math.toIntExact(number);
    if (made.number < lowest) {
      throw in.wrong(
          "number",
          made.number
              + " is not above the last requisition of the commitment, "
              + (lowest - 1)
              + ".");
    }
    next.merge(made.commitment, made.number + 1, Math::max);
    made.invoiceNumber = in.textOrNull("invoiceNumber");
    made.status = in.word("status", "approved", STATUS);
    made.billingDate = in.date("billingDate");
    made.period = period(made.commitment.project, in.date("periodStart"), in.date("periodEnd"));
    made.paymentDate = in.dateOrNull("paymentDate");
    made.dueDate = in.dateOrNull("dueDate");
    made.unit =
        in.word("accountingMethod", made.commitment.unit ? "unit" : "amount", Seed.METHODS)
            .equals("unit");
    made.moveMaterials = in.flag("moveMaterialsToPrevious");
    made.tax = Seed.orZero(in.moneyOrNull("tax"));
    made.createdAt = now;
    made.updatedAt = now;
    for (SeedReader file : in.list("attachments", "name", "base64")) {
      made.attachments.add(
          new Model.Attachment(
              state.nextId(),
              file.text("name"),
              java.util.Base64.getDecoder().decode(file.json.path("base64").asText())));
    }
    return made;
  }

  private Model.BillingPeriod period(Model.Project project, LocalDate start, LocalDate end) {
    Long held = state.periodId(project.id(), start, end);
    return held != null
        ? state.periods.get(held)
        : periods.computeIfAbsent(
            project.id() + "|" + start + "|" + end,
            key ->
                new Model.BillingPeriod(
                    state.nextId(), project.id(), start, end, periods.size() + 1, now));
  }

  private void lines(Read read) {
    Model.Requisition requisition = read.requisition();
    List<Model.Requisition> held = requisition.commitment.requisitions;
    requisition.previous =
        last.getOrDefault(
            requisition.commitment, held.isEmpty() ? null : held.get(held.size() - 1));
    if (requisition.previous != null && requisition.previous.number == requisition.number) {
      throw read.in()
          .wrong(
              "number",
              requisition.number
                  + " stands twice for commitment "
                  + requisition.commitment.id
                  + ".");
    }
    last.put(requisition.commitment, requisition);
    Map<String, Model.Item> before = new LinkedHashMap<>();
    if (requisition.previous != null) {
      requisition.previous.items.forEach(item -> before.put(key(item), item));
    }
    Set<String> seen = new HashSet<>();
    for (SeedReader in : read.in().list("lines", LINE_FIELDS)) {
      Model.Item item = item(in, requisition);
      if (!seen.add(key(item))) {
        throw in.wrong(
            "commitmentLineId",
            "stands twice in this requisition with the same kind and description.");
      }
      derive(in, item, before.remove(key(item)));
    }
    for (Model.Item item : before.values()) {
      carryOn(read.in(), item, requisition);
    }
  }

  private static String key(Model.Item item) {
    boolean byLine = item.line != null && item.kind == Model.ItemKind.CONTRACT_ITEM;
    return item.kind
        + "|"
        + (item.line == null ? "" : item.line.id)
        + "|"
        + (byLine ? "" : item.description);
  }

  private Model.Item item(SeedReader in, Model.Requisition requisition) {
    Model.Item item = new Model.Item();
    item.id = seed.id(in, items, state.items);
    item.requisition = requisition;
    item.kind = Model.ItemKind.values()[KINDS.indexOf(in.word("kind", "contract_item", KINDS))];
    item.line =
        in.numberOrNull("commitmentLineId") == null
            ? null
            : seed.find(in, "commitmentLineId", seed.commitmentLines, state.commitmentLines);
    if (item.line == null && item.kind != Model.ItemKind.CHANGE_ORDER_ITEM) {
      throw in.wrong("commitmentLineId", "is required on contract lines.");
    }
    if (item.line != null && item.line.commitment != requisition.commitment) {
      throw in.wrong(
          "commitmentLineId", "line " + item.line.id + " belongs to another commitment.");
    }
    item.description = in.textOrNull("description");
    if (item.description == null && item.line != null) {
      item.description = item.line.description;
    }
    item.costCode =
        in.numberOrNull("costCodeId") != null
            ? seed.find(in, "costCodeId", seed.costCodes, state.costCodes)
            : Seed.ifPresent(item.line, line -> line.costCode);
    item.lineItemType =
        in.numberOrNull("lineItemTypeId") != null
            ? seed.find(in, "lineItemTypeId", seed.lineItemTypes, state.lineItemTypes)
            : Seed.ifPresent(item.line, line -> line.lineItemType);
    item.unit =
        in.word("accountingMethod", requisition.unit ? "unit" : "amount", Seed.METHODS)
            .equals("unit");
    item.taxCode = in.textOrNull("taxCode");
    item.scheduledValue = scheduled(in, item);
    BigDecimal price = in.decimalOrNull("unitPrice");
    item.entered =
        new Model.Entered(
            in.moneyOrNull("workThisPeriod"),
            in.decimalOrNull("quantity"),
            price == null && item.unit && item.line != null ? item.line.unitCost : price,
            in.moneyOrNull("materialsStored"),
            in.moneyOrNull("materialsMoved"),
            in.moneyOrNull("workRetained"),
            in.moneyOrNull("workReleased"),
            in.moneyOrNull("materialsRetained"),
            in.moneyOrNull("materialsReleased"),
            in.moneyOrNull("materialsRetainageMoved"));
    return item;
  }

  /**
   * A commitment line is either in the original contract sum or change order scope, by who bills
   * against it.
   */
  private BigDecimal scheduled(SeedReader in, Model.Item item) {
    BigDecimal given = in.moneyOrNull("scheduledValue");
    boolean changeOrder = item.kind == Model.ItemKind.CHANGE_ORDER_ITEM;
    if (item.line == null) {
      return Seed.orZero(given);
    }
    if (changeOrder && given != null) {
      return given;
    }
    boolean billedBefore = !item.line.commitment.requisitions.isEmpty() && billed(item.line);
    Boolean known =
        changeOrderScope.containsKey(item.line)
            ? changeOrderScope.get(item.line)
            : billedBefore ? (Boolean) item.line.changeOrder : null;
    if (known != null && known != changeOrder) {
      throw in.wrong(
          "scheduledValue",
          "commitment line "
              + item.line.id
              + " is billed by contract lines too; give the change order's own value.");
    }
    changeOrderScope.put(item.line, changeOrder);
    return given == null ? item.line.amount : given;
  }

  private static boolean billed(Model.CommitmentLine line) {
    List<Model.Requisition> held = line.commitment.requisitions;
    return held.get(held.size() - 1).items.stream().anyMatch(item -> item.line == line);
  }

  private void derive(SeedReader in, Model.Item item, Model.Item before) {
    if (before != null && before.unit != item.unit) {
      throw in.wrong("accountingMethod", "the line was billed by the other method before.");
    }
    item.previous = before;
    if (item.kind == Model.ItemKind.CHANGE_ORDER_ITEM) {
      item.changeOrderLineId = before == null ? state.nextId() : before.changeOrderLineId;
      seed.origin(
          in,
          "changeOrderLineOriginId",
          "line_item",
          item.changeOrderLineId,
          item.requisition.commitment.project.companyId());
    }
    try {
      item.figures =
          Figures.derive(
              item.entered,
              before == null ? null : before.figures,
              item.scheduledValue,
              item.unit,
              item.requisition.moveMaterials && !item.unit);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(in.where + ": " + e.getMessage(), e);
    }
    items.put(item.id, item);
    item.requisition.items.add(item);
  }

  private void carryOn(SeedReader in, Model.Item before, Model.Requisition requisition) {
    Model.Item item = new Model.Item();
    item.id = state.nextId();
    item.requisition = requisition;
    item.kind = before.kind;
    item.line = before.line;
    item.description = before.description;
    item.costCode = before.costCode;
    item.lineItemType = before.lineItemType;
    item.unit = before.unit;
    item.taxCode = before.taxCode;
    item.scheduledValue = before.scheduledValue;
    item.entered = Model.Entered.NOTHING;
    derive(in, item, before);
  }
}
