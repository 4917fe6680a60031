package io.tieback.flow;

import io.tieback.ledger.WorkItem;
import io.tieback.procore.ExternalDataRow;
import io.tieback.procore.Marks;
import io.tieback.wire.Json;

/** Where in Procore the marks of a record belong; the public resources want to know. */
final class RecordMarks {

  private RecordMarks() {}

  /** The mark of a row that a work item brings. */
  static Marks.Mark of(WorkItem item, ExternalDataRow row) {
    return switch (row.itemType()) {
      case "line_item" ->
          new Marks.Mark(row, item.projectId(), item.entity(), (Long) item.procoreId());
      case "standard_cost_code" ->
          new Marks.Mark(row, null, null, (Long) Json.read(item.event()).path("list").longValue());
      case "requisition", ChangeOrderFlow.ENTITY ->
          new Marks.Mark(row, item.projectId(), "commitment", item.commitmentId());
      default -> new Marks.Mark(row, item.projectId(), null, null);
    };
  }

  /** The mark of a company. */
  static Marks.Mark company(ExternalDataRow row) {
    return new Marks.Mark(row, null, null, null);
  }
}
