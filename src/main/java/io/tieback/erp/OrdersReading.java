package io.tieback.erp;

import io.tieback.construction.BookedOrder;
import java.util.List;

/**
 * The purchase orders of an ERP's books.
 *
 * @param orders all of them, also billed and deleted ones, each once
 * @param calls API calls that this took
 */
public record OrdersReading(List<BookedOrder> orders, int calls) {

  public OrdersReading {
    orders = List.copyOf(orders);
  }
}
