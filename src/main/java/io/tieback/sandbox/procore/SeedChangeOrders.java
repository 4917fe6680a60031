package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the change orders of a seed. */
final class SeedChangeOrders {
  static final List<String> STATUS =
      List.of(
          "draft",
          "not_pricing",
          "pricing",
          "pending",
          "revised",
          "proceeding",
          "not_proceeding",
          "no_charge",
          "approved",
          "rejected",
          "void");

  private final State state;
  private final Seed seed;
  private final Instant now;
  private final Map<Long, Model.ChangeOrder> made = new LinkedHashMap<>();
  private final Map<Long, Model.ChangeOrderLine> lines = new LinkedHashMap<>();

  SeedChangeOrders(State state, Seed seed, Instant now) {
    this.state = state;
    this.seed = seed;
    this.now = now;
  }

  /** Reads them; they are added when the seed is. */
  void read(SeedReader root, ObjectNode ids) {
    for (SeedReader in :
        root.list(
            "changeOrders",
            "id",
            "commitmentId",
            "number",
            "title",
            "status",
            "dueDate",
            "originId",
            "lines")) {
      ids.withArray("changeOrders").add(changeOrder(in));
    }
    seed.then(
        () -> {
          made.values()
              .forEach(
                  change -> {
                    change.commitment.changeOrders.add(change);
                    state.changeOrders.put(change.id, change);
                    seed.made(ChangeOrders.TYPE, change.id);
                  });
          state.linesOfChangeOrders.putAll(lines);
        });
  }

  private long changeOrder(SeedReader in) {
    Model.ChangeOrder change = new Model.ChangeOrder();
    change.id = seed.id(in, made, state.changeOrders);
    change.commitment = seed.find(in, "commitmentId", seed.commitments, state.commitments);
    change.number = in.text("number");
    change.title = in.textOrNull("title");
    change.status = in.word("status", "approved", STATUS);
    change.dueDate = in.dateOrNull("dueDate");
    change.createdAt = now;
    change.reviewedAt = List.of("approved", "rejected").contains(change.status) ? now : null;
    change.potentialId = state.nextId();
    change.ownId = state.nextId();
    for (SeedReader line :
        in.list(
            "lines",
            "id",
            "commitmentLineId",
            "costCodeId",
            "lineItemTypeId",
            "description",
            "amount",
            "quantity",
            "unitCost",
            "originId")) {
      change.lines.add(line(line, change));
    }
    made.put(change.id, change);
    seed.origin(in, "change_order", change.id, change.commitment.project.companyId());
    return change.id;
  }

  private Model.ChangeOrderLine line(SeedReader in, Model.ChangeOrder change) {
    long id = seed.id(in, lines, state.linesOfChangeOrders);
    Model.CommitmentLine changes =
        in.numberOrNull("commitmentLineId") == null
            ? null
            : seed.find(in, "commitmentLineId", seed.commitmentLines, state.commitmentLines);
    if (changes != null && changes.commitment != change.commitment) {
      throw in.wrong("commitmentLineId", "line " + changes.id + " is of another commitment.");
    }
    if (in.moneyOrNull("amount") == null) {
      throw in.wrong("amount", "is required.");
    }
    Model.ChangeOrderLine line =
        new Model.ChangeOrderLine(
            id,
            change,
            changes,
            in.numberOrNull("costCodeId") == null
                ? Seed.ifPresent(changes, of -> of.costCode)
                : seed.find(in, "costCodeId", seed.costCodes, state.costCodes),
            in.numberOrNull("lineItemTypeId") == null
                ? Seed.ifPresent(changes, of -> of.lineItemType)
                : seed.find(in, "lineItemTypeId", seed.lineItemTypes, state.lineItemTypes),
            in.textOrNull("description"),
            in.moneyOrNull("amount"),
            in.decimalOrNull("quantity"),
            in.decimalOrNull("unitCost"),
            change.lines.size() + 1);
    lines.put(id, line);
    seed.origin(in, "line_item", id, change.commitment.project.companyId());
    return line;
  }
}
