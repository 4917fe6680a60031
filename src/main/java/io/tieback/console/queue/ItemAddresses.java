package io.tieback.console.queue;

import io.tieback.flow.ConnectionRoom;
import io.tieback.flow.ConnectionRooms;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.WorkItem;
import java.net.URI;
import java.util.Optional;

/** Addresses of records of connections that run here. */
public final class ItemAddresses implements ItemLinks {

  private final Ledger ledger;
  private final ConnectionRooms rooms;

  /** Wires it. */
  public ItemAddresses(Ledger ledger, ConnectionRooms rooms) {
    this.ledger = ledger;
    this.rooms = rooms;
  }

  @Override
  public Addresses of(QueueItem item) {
    ConnectionRoom room = rooms.of(item.connection());
    return new Addresses(
        procore(room, item),
        erpKey(item)
            .flatMap(key -> room.erp().webAddress(item.entity(), key))
            .map(URI::toString)
            .orElse(""),
        room.erp().capabilities().displayName());
  }

  private Optional<String> erpKey(QueueItem item) {
    if (item.isImport()) {
      return Optional.of(item.erpKey());
    }
    return item.workItemId() == null
        ? Optional.empty()
        : ledger.workItems().find(item.workItemId()).map(WorkItem::erpId);
  }

  private static String procore(ConnectionRoom room, QueueItem item) {
    String web = room.procore().webUrl().toString().replaceAll("/+$", "");
    Long project = item.entity().equals("project") ? item.procoreId() : item.about().projectId();
    if (project == null) {
      return "";
    }
    String commitments =
        web
            + "/webclients/host/companies/"
            + room.procore().companyId()
            + "/projects/"
            + project
            + "/tools/contracts/commitments";
    return switch (item.entity()) {
      case "work_order_contract" -> commitments + "/work_order_contracts/" + item.procoreId();
      case "purchase_order_contract" ->
          commitments + "/purchase_order_contracts/" + item.procoreId();
      case "requisition", "change_order" -> commitments;
      case "project" -> web + "/" + project + "/project/home";
      default -> "";
    };
  }
}
