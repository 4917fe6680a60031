package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.DocumentKind;
import io.tieback.ledger.StagedRequest;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.ErpEvent;
import io.tieback.procore.ExternalDataRow;
import java.util.List;
import java.util.Set;

/**
 * What is particular to one kind of record on its way out. Receiving, waiting, writing, looking up,
 * failing, replaying and answering are shared by all of them.
 */
public interface OutwardFlow {

  /** Why an event brings nothing to a connection when another of its company exports it. */
  String ELSEWHERE =
      "Its projects belong to another connection of this Procore company, which exports it.";

  /** What its records become. */
  DocumentKind kind();

  /** What its records are in the ledger: External Data's words, where Procore has one. */
  Set<String> entities();

  /** Procore's names of the events that bring such records. */
  Set<String> requestNames();

  /** The records of an event. */
  Staged stage(ConnectionRoom room, ErpEvent event);

  /**
   * A record as people know it, such as {@code subcontractor invoice SC-7 #3 (requisition 42)}: one
   * short line, since it becomes the subject of a mail.
   */
  String inWords(String entity, long procoreId, JsonNode event);

  /** External Data of a record that is in the ERP: of itself and of what belongs to it. */
  List<ExternalDataRow> originRows(ConnectionRoom room, WorkItem item);

  /**
   * What has to be told to Procore besides, after it took the External Data and before the request
   * detail is answered. May happen twice.
   *
   * @throws io.tieback.wire.Failure when Procore does not take it; it comes again
   */
  default void afterOrigins(ConnectionRoom room, WorkItem item) {}

  /**
   * The records of an event.
   *
   * @param items the records; none when there is nothing to do
   * @param details which request detail is about which of them
   * @param calls calls that finding the details took
   * @param nothing why there is none, for the approver; null when there are records
   */
  record Staged(
      List<StagedRequest.Item> items,
      List<StagedRequest.Detail> details,
      int calls,
      String nothing) {
    public Staged {
      items = List.copyOf(items);
      details = List.copyOf(details);
    }

    /** There is nothing to do. */
    static Staged nothing(String why) {
      return new Staged(List.of(), List.of(), 0, why);
    }
  }
}
