package io.tieback.console.house;

import io.tieback.construction.ConnectionId;
import io.tieback.erp.ErpItems;
import io.tieback.erp.ErpSetup;
import io.tieback.flow.ConnectionRooms;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Accounts and items of the ERP, to choose from (GEN-CFG-10). Asks the ERP each time. */
public interface Books {

  /**
   * Ledger accounts by code.
   *
   * @throws io.tieback.wire.Failure when the ERP does not tell
   */
  Map<String, ErpSetup.Account> accounts(ConnectionId connection);

  /**
   * Items, by code.
   *
   * @throws io.tieback.wire.Failure when the ERP does not tell
   */
  List<ErpItems.ErpItem> items(ConnectionId connection);

  /** Those of the connections. */
  static Books of(ConnectionRooms rooms) {
    return new Books() {
      @Override
      public Map<String, ErpSetup.Account> accounts(ConnectionId connection) {
        return rooms.of(connection).erp().setup().accounts();
      }

      @Override
      public List<ErpItems.ErpItem> items(ConnectionId connection) {
        return rooms.of(connection).erp().items().byCode().values().stream()
            .sorted(Comparator.comparing(ErpItems.ErpItem::code))
            .toList();
      }
    };
  }
}
