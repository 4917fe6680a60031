package io.tieback.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.AccountRules;
import io.tieback.construction.CodePair;
import io.tieback.construction.CostItem;
import io.tieback.construction.Names;
import io.tieback.construction.Outgoing;
import io.tieback.erp.Capabilities;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.ErpItems;
import io.tieback.erp.ErpItems.ErpItem;
import io.tieback.erp.ErpSetup;
import io.tieback.ledger.CostItems;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.procore.FiguresDigest;
import io.tieback.rules.CostItemChecks;
import io.tieback.rules.CostItemContext;
import io.tieback.rules.Finding;
import io.tieback.wire.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The steps of the route {@code prepare-cost-item}. */
public final class CostItemPreparation extends RecordPreparation<CodePair> {

  private final Ledger ledger;
  private final ItemShelf shelf;

  /** Wires it. */
  public CostItemPreparation(
      ConnectionRooms rooms, OutwardFlows flows, CallTally tally, Ledger ledger, ItemShelf shelf) {
    super(rooms, flows, tally, shelf);
    this.ledger = ledger;
    this.shelf = shelf;
  }

  @Override
  protected Read<CodePair> read(Work<CodePair> work) {
    return new Read<>(CostItemFlow.pair(work.event()), List.of());
  }

  @Override
  protected List<Finding> findings(Work<CodePair> work, CodePair pair) {
    ConnectionRoom room = work.room();
    Capabilities erp = room.erp().capabilities();
    ErpItems items = shelf.items(room);
    AccountRules.Accounts accounts = room.breakdown().accounts().of(pair.joined());
    ErpItem present = items.byCode().get(pair.joined());
    return CostItemChecks.check(
        pair,
        new CostItemContext(
            erp.displayName(),
            room.breakdown().itemName(),
            room.breakdown().cutsNames(),
            new CostItemContext.Lengths(
                erp.itemCodeLength(), items.longestName(), erp.descriptionLength()),
            accounts,
            unusable(room, accounts),
            room.invoices().bill().defaultAccountCode() != null,
            present != null && !isLinked(work, present),
            room.breakdown().usesItems(),
            items.byCode().size(),
            brought(work, items),
            items.most()));
  }

  /** Whether the item is the one that this pair is linked to already. */
  private boolean isLinked(Work<CodePair> work, ErpItem present) {
    Optional<Links.Link> link =
        ledger.links().get(work.room().id(), CostItems.ENTITY, Long.toString(work.procoreId()));
    return link.map(one -> present.key().equals(one.erpId())).orElse(false);
  }

  /** Counted closely only when it could be too many. */
  private int brought(Work<CodePair> work, ErpItems items) {
    if (items.byCode().size() + ledger.costItems().count(work.room().id()) <= items.most()) {
      return 0;
    }
    long project = work.event().path("project_id").longValue();
    return ledger
        .workItems()
        .find(work.room().id(), ProjectFlow.PROJECT, project)
        .map(
            item ->
                ledger
                    .costItems()
                    .standing(work.room().id(), ProjectFlow.itemIds(Json.read(item.event()))))
        .map(
            wanted ->
                (int)
                    wanted.stream()
                        .filter(item -> !items.byCode().containsKey(item.code()))
                        .count())
        .orElse(0);
  }

  private static Map<String, String> unusable(ConnectionRoom room, AccountRules.Accounts accounts) {
    Map<String, String> unusable = new HashMap<>();
    for (String code : new String[] {accounts.purchase(), accounts.sales()}) {
      if (code != null) {
        ErpSetup.Account account = room.erp().setup().accounts().get(code);
        String why =
            account == null
                ? "does not exist"
                : !account.active()
                    ? "is archived"
                    : account.system() ? "is a system account" : null;
        if (why != null) {
          unusable.put(code, why);
        }
      }
    }
    return unusable;
  }

  @Override
  protected ObjectNode figures(Work<CodePair> work, CodePair pair) {
    return Json.object()
        .put("code", pair.code())
        .put("codeName", pair.codeName())
        .put("type", pair.type())
        .put("typeName", pair.typeName());
  }

  @Override
  protected Outgoing compose(Work<CodePair> work, CodePair pair) {
    ErpItems items = shelf.items(work.room());
    WorkBreakdownSettings settings = work.room().breakdown();
    AccountRules.Accounts accounts = settings.accounts().of(pair.joined());
    ErpItem present = items.byCode().get(pair.joined());
    return new CostItem(
        "item:" + pair.joined(),
        pair.joined(),
        Names.ofItem(settings.itemName(), pair.codeName(), pair.typeName(), items.longestName()),
        pair.wholeName(settings.itemName()),
        accounts.purchase(),
        accounts.sales(),
        present == null ? null : present.key());
  }

  /** Not whether it is there already: then it is linked, and not changed. */
  @Override
  protected String acceptance(
      Work<CodePair> work, CodePair pair, Outgoing outgoing, ErpDocument rendered) {
    CostItem item = (CostItem) outgoing;
    return FiguresDigest.of(
        item.code(),
        item.name(),
        item.description(),
        item.purchaseAccountCode(),
        item.salesAccountCode());
  }

  @Override
  protected Shown shown(Work<CodePair> work, CodePair pair, Outgoing outgoing) {
    CostItem item = (CostItem) outgoing;
    ObjectNode document =
        Json.object()
            .put("kind", "item")
            .put("code", item.code())
            .put("name", item.name())
            .put("description", item.description())
            .put("purchaseAccount", item.purchaseAccountCode())
            .put("salesAccount", item.salesAccountCode());
    if (!work.room().erp().makesItems()) {
      document
          .withArray("notes")
          .add(
              "No item is made: lines with this code name account "
                  + item.purchaseAccountCode()
                  + ".");
    } else if (item.key() != null) {
      document.withArray("notes").add("The ERP has this item already; it is linked, not changed.");
    } else if (!Objects.equals(item.name(), item.description())) {
      document.withArray("notes").add("The name is cut; the whole is the description (TB-WBS-01).");
    }
    return new Shown(
        document,
        null,
        null,
        item.code(),
        work.event().path("project_id").longValue(),
        null,
        null,
        0);
  }
}
