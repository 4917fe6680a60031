package io.tieback.console.books;

import io.tieback.console.page.Ask;
import java.util.Set;

/** Words of the ledger in somebody's language; one that has no words of its own stays as it is. */
final class BookWords {

  private static final Set<String> ENTITIES =
      Set.of(
          "requisition",
          "vendor",
          "project",
          "standard_cost_code",
          "cost_code",
          "cost_item",
          "work_order_contract",
          "purchase_order_contract",
          "change_order",
          "budget",
          "payment",
          "job_cost");

  private BookWords() {}

  /** What a record is. */
  static String entity(Ask ask, String entity) {
    return ENTITIES.contains(entity)
        ? ask.text("books.entity." + entity)
        : entity.replace('_', ' ');
  }
}
